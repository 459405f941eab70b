import { setTimeout as sleep } from 'node:timers/promises';
import type { Segment } from '../../model/index.ts';
import type { Plant } from '../tap/index.ts';
import type { Rig } from './rig.ts';

/** Where in a phase its cleartext is planted: a share of its length, clear of both ends. */
const share = 0.5;

/**
 * Plants a request in clear on every link once in each phase of a segment: the positive control of the tap. Never throws; what
 * could not be planted says so, and the check finds the tap deaf.
 */
export const plantAll = async (
  { taps, hops, ids, signal }: Rig,
  { phases }: Segment,
  originNs: bigint,
  firstSeq: number,
): Promise<readonly Plant[]> => {
  const planted: Plant[] = [];
  for (const { startMs, endMs } of phases) {
    const dueMs = startMs + share * (endMs - startMs);
    const left = Number(originNs - process.hrtime.bigint()) / 1e6 + dueMs;
    await sleep(Math.max(0, left), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    const first = firstSeq + planted.length;
    planted.push(...(await Promise.all(hops.map((hop, i) => taps.plant(hop, ids('canary', first + i))))));
  }
  return planted;
};
