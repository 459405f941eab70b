import type { Collector } from '../../../execute/observe/index.ts';
import { readRequestId } from '../../../execute/identity/index.ts';
import type { SeenRecord } from '../../../model/index.ts';
import { analyseFiles } from './analyse/index.ts';
import { startTaps } from './taps.ts';

/** A capture of every link of the mesh, from before the first request to after the last, classified packet by packet afterwards. */
export const collector: Collector = {
  start: async ({ run, image, ...host }) => {
    const taps = await startTaps({ ...host, run, project: run, images: { toolbox: image('toolbox') } });
    return {
      collect: async ({ key, clock, phases, senders }) => {
        const {
          cleartext,
          losses,
          taps: links,
        } = await analyseFiles(await taps.stop(), {
          originWallMs: clock.wallOriginMs,
          phases,
          harnessAddresses: [...senders.keys()],
          names: { ...Object.fromEntries(senders), ...taps.names },
          identify: (text) => readRequestId(run, key, text),
        });
        const counts = links.map((data): SeenRecord => ({ type: 'seen', kind: 'tap', atMs: null, seq: null, data }));
        return { seen: [...cleartext, ...counts], losses };
      },
    };
  },
};
