import { z } from 'zod';
import { HoldfastError, reason } from '../../../model/index.ts';
import type { Action, Op, Plan, Reason, Stack } from '../../../model/index.ts';

/** A member of the stack that is killed, the compose service that it is, and the port by which it is seen to serve again. */
const op = z.object({ member: z.string(), service: z.string(), port: z.int().min(1).max(65_535) });
export type Kill = z.infer<typeof op>;

/** What the history says of one. */
const data = z.object({ member: z.string(), service: z.string() });

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

/** Why nothing was shown under the kills that the plan asks for: one did not happen, or did not end. */
const whyNotKilled = ({ phases }: Plan, kills: readonly Op<Kill>[]): Reason | null => {
  const wanted = phases.flatMap(({ actions = [] }) => actions).filter((action) => action.do === 'kill').length;
  if (kills.length < wanted) return reason('action-not-done', { action: 'kill', wanted, done: kills.length });
  const failed = kills.find(({ error }) => error !== null);
  return failed === undefined ? null : reason('action-failed', { action: 'kill', error: failed.error! });
};

/** SIGKILL to a member under load, and a start after a while: nothing is let in meanwhile, and nothing afterwards that was not before. */
export const action: Action<Kill, z.infer<typeof options>> = {
  id: 'kill',
  op,
  data,
  options,
  plan: ({ stack }, { id, startMs, endMs }, { member, atMs, forMs }) => {
    const from = startMs + atMs;
    if (from + forMs > endMs)
      throw new HoldfastError('bad-input', `expected a kill within the phase ${id}, found one that ends after it`, {
        hint: `atMs + forMs is at most ${endMs - startMs}`,
      });
    return { operations: [{ startMs: from, endMs: from + forMs, op: memberOf(stack, member) }] };
  },
  // Whoever starts it again ends every kill of it.
  holds: ({ member }) => member,
  // Who is on the way when it dies, or calls while the connections are made anew, gets no answer either. Whoever waits for one keeps a
  // virtual user busy until the time-out: what the generator then drops, or sends late, is the kill's doing as well.
  disturbs: ({ member }) => ({
    places: [member],
    excuses: ['failure', 'latency', 'drop', 'lateness'],
    beforeMs: 100,
    afterMs: 1000,
    attacked: true,
  }),
  whyNothing: ({ run, ops }) => whyNotKilled(run.plan, ops<Kill>('kill')),
  text: ({ member }) => `${member} is killed`,
};
