import { z } from 'zod';
import { HoldfastError } from '../../../model/index.ts';
import type { Action, Stack } from '../../../model/index.ts';

/** A member of the stack that is killed, the compose service that it is, and the port by which it is seen to serve again. */
const op = z.object({ member: z.string(), service: z.string(), port: z.int().min(1).max(65_535) });
export type Kill = z.infer<typeof op>;

const options = z.strictObject({
  /** `edge`, or the id of a service: its sidecar is what is killed. */
  member: z.string().min(1),
  /** From the beginning of the phase, in ms. */
  atMs: z.int().min(0),
  /** Until it is started again, in ms. */
  forMs: z.int().min(100),
});

const memberOf = ({ edge, services }: Stack, member: string): Kill => {
  if (member === 'edge') return { member, service: edge.service, port: edge.port };
  const service = services.find(({ id }) => id === member);
  if (service !== undefined) return { member, service: service.sidecar, port: service.meshPort };
  throw new HoldfastError('bad-input', `expected a member of the stack to kill, found "${member}"`, {
    hint: `one of: edge, ${services.map(({ id }) => id).join(', ')}`,
  });
};

/** SIGKILL to a member under load, and a start after a while: nothing is let in meanwhile, and nothing afterwards that was not before. */
export const action: Action<Kill, z.infer<typeof options>> = {
  id: 'kill',
  op,
  options,
  plan: ({ stack }, { id, startMs, endMs }, { member, atMs, forMs }) => {
    const from = startMs + atMs;
    if (from + forMs > endMs)
      throw new HoldfastError('bad-input', `expected a kill within the phase ${id}, found one that ends after it`, {
        hint: `atMs + forMs is at most ${endMs - startMs}`,
      });
    return { operations: [{ startMs: from, endMs: from + forMs, op: memberOf(stack, member) }] };
  },
  // Who is on the way when it dies, or calls while the connections are made anew, gets no answer either. Whoever waits for one keeps a
  // virtual user busy until the time-out: what the generator then drops, or sends late, is the kill's doing as well.
  disturbs: ({ member }) => ({
    places: [member],
    excuses: ['failure', 'latency', 'drop', 'lateness'],
    beforeMs: 100,
    afterMs: 1000,
    attacked: true,
  }),
  text: ({ member }) => `${member} is killed`,
};
