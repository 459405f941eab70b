import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { effectsOf } from '../../kinds/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Kinds } from '../../model/index.ts';
import type { Collected, Collector, ObserverHost, Observing } from './observer.ts';

/**
 * Starts every observer that has a `collect.ts`, each with a folder of its own below `scratch`. One without is fed by another or by an
 * action. Throws what an observer throws. Effects: loads code, starts containers; they go with the run.
 */
export const startObservers = async (
  host: ObserverHost,
  { observers }: Pick<Kinds, 'observers'>,
): Promise<Observing> => {
  const started = await Promise.all(
    [...observers.keys()].map(async (id): Promise<readonly Observing[]> => {
      const url = effectsOf('observers', id, 'collect.ts');
      if (url === null) return [];
      const { collector } = (await import(url.href)) as { readonly collector?: Collector };
      if (collector === undefined)
        throw new HoldfastError('bad-input', `expected the observer ${id} to export a "collector", found none`, {
          hint: 'see harness/kinds/observers/README.md',
          place: { file: url.pathname },
        });
      const scratch = join(host.scratch, id);
      mkdirSync(scratch, { recursive: true });
      return [await collector.start({ ...host, scratch })];
    }),
  );
  return {
    collect: async (about): Promise<Collected> => {
      const collected = await Promise.all(started.flat().map((one) => one.collect(about)));
      return { seen: collected.flatMap(({ seen }) => seen), losses: collected.flatMap(({ losses }) => losses) };
    },
  };
};
