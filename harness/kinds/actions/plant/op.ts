import { z } from 'zod';
import type { Action, DeepReadonly } from '../../../model/index.ts';

/** The link on which it is planted. */
const op = z.object({ hop: z.object({ from: z.string(), to: z.string(), port: z.int() }) });
export type Plant = DeepReadonly<z.infer<typeof op>>;

/** Where in a phase it is planted: a share of its length, clear of both ends. */
const share = 0.5;

/** A request in clear on a link, once in each phase: the positive control of the tap. Nobody answers it, and it disturbs nothing. */
export const action: Action<Plant> = {
  id: 'plant',
  op: op as unknown as z.ZodType<Plant>,
  canaries: (hops, { startMs, endMs }) =>
    hops.map((hop) => ({ atMs: startMs + share * (endMs - startMs), op: { hop } })),
  disturbs: () => null,
  places: () => [],
  text: ({ hop: { from, to } }) => `a request in clear is planted on ${from}→${to}`,
};
