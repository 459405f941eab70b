import { placeOfHop } from '../../../model/index.ts';
import type { Runner } from '../../../execute/operate/index.ts';
import type { Plant } from './op.ts';
import { startPlanter } from './planter.ts';

/** Sends canaries in clear from a container of its own. One that was not on the link fails, and is a loss of the tap. */
export const runner: Runner<Plant> = {
  ready: async ({ docker, run, network, image, id }) => {
    const planter = await startPlanter({ docker, run, network, image: image('workload') });
    const missing: { readonly link: string; readonly why: string }[] = [];
    let seq = 0;
    return {
      apply: async ({ hop }) => {
        const { error } = await planter.plant(hop, id('canary', seq++));
        if (error === null) return;
        missing.push({ link: placeOfHop(hop), why: error });
        throw new Error(error);
      },
      undo: async () => undefined,
      data: ({ hop }) => ({ hop }),
      losses: () => missing.map((data) => ({ observer: 'tap', code: 'not-planted', count: 1, data })),
      stop: () => planter.stop(),
    };
  },
};
