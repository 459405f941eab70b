import { HoldfastError } from '../../model/index.ts';
import { socketPath } from './client.ts';
import { engineApi } from './watchdog/api.ts';
import type { EngineApi } from './watchdog/api.ts';
import { countOf, sweep } from './watchdog/sweep.ts';

const patienceMs = 30_000;
const pauseMs = 100;

/**
 * The harness's own takedown: removes every container (by force), network and volume of a run, except its watchdog,
 * and returns when the engine lists none of them any more. Idempotent. Throws `internal`, naming what is left, after 30 s.
 */
export const removeRun = async (run: string, api: EngineApi = engineApi(socketPath())): Promise<void> => {
  const until = performance.now() + patienceMs;
  for (;;) {
    const found = await sweep(api, run).catch((cause: unknown) => {
      if (performance.now() <= until) return null;
      throw new HoldfastError(
        'internal',
        `expected the engine to say what is left of ${run}, found that it does not answer`,
        {
          hint: 'restart the engine (npx holdfast clean --engine ends one that holdfast started), then: npx holdfast clean',
          cause,
        },
      );
    });
    if (found !== null && countOf(found) === 0) return;
    if (found !== null && performance.now() > until) {
      const left = [
        ...found.containers.map((id) => id.slice(0, 12)),
        ...found.networks.map((id) => id.slice(0, 12)),
        ...found.volumes,
      ];
      throw new HoldfastError('internal', `expected nothing of ${run} to be left, found ${left.join(', ')}`, {
        hint: 'npx holdfast clean',
      });
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
};
