import { z } from 'zod';
import { HoldfastError } from '../../../model/index.ts';
import type { Action } from '../../../model/index.ts';
import { example, whyNothing } from './judge.ts';
import { reloadPair } from './pair.ts';

/** The edge is made to take a set of files: those of the other configuration, or its own again. */
const op = z.object({ to: z.enum(['own', 'other']) });
export type Reload = z.infer<typeof op>;

/** What the history says of one. */
const data = z.object({ to: op.shape.to });
export type ReloadData = z.infer<typeof data>;

const options = z.strictObject({ everyMs: z.int().min(250) });

/** The names of the two sets of files in the schedule. */
export const configurationOf = (to: Reload['to']): string => `reload/${to}`;

/** The edge takes another configuration and its own again in turn, so often while the phase lasts; it ends with its own. */
export const action: Action<Reload, z.infer<typeof options>> = {
  id: 'reload',
  op,
  data,
  options,
  plan: ({ stack, policy, configuration, configure }, { startMs, endMs }, { everyMs }) => {
    // Where only a restart takes a changed configuration, no two of them ever decide at once: what needs that does not apply.
    if (stack.edge.reload === null) return { operations: [] };
    const other = configure(reloadPair({ policy, stack }).other);
    const changed = [...other].filter(([path, text]) => configuration.get(path) !== text);
    if (changed.length === 0)
      throw new HoldfastError('bad-input', 'expected another configuration to reload, found the same one', {
        hint: 'if you gave an overlay, see whether it replaces what the compiler makes of the rules',
      });
    // The last one is back to its own, a whole interval before the phase ends.
    const count = Math.floor((endMs - startMs) / everyMs) - 1;
    return {
      operations: Array.from({ length: count - (count % 2) }, (_, i) => ({
        startMs: startMs + i * everyMs,
        endMs: startMs + i * everyMs,
        op: { to: i % 2 === 0 ? 'other' : 'own' },
      })),
      configurations: {
        [configurationOf('other')]: Object.fromEntries(changed),
        [configurationOf('own')]: Object.fromEntries(changed.map(([path]) => [path, configuration.get(path)!])),
      },
    };
  },
  features: ['reload-phase'],
  disturbs: () => null,
  places: () => ['edge'],
  whyNothing,
  example,
  text: ({ to }) => `the edge takes ${to === 'own' ? 'its own configuration again' : 'another configuration'}`,
};
