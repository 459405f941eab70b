import { sameMemory, samePeak } from '../compare/index.ts';
import type { Night } from './night.ts';

const near = (a: number, b: number, times: number): boolean => Math.max(a, b) <= times * Math.min(a, b);

/** Do the rates of two nights measure the same: by the same plan and trace, nothing else left out, on a machine of the same size? */
const sameLoad = (a: Night, b: Night): boolean =>
  a.digests['plan'] === b.digests['plan'] &&
  a.digests['trace'] === b.digests['trace'] &&
  a.only === b.only &&
  a.machine.cpus === b.machine.cpus &&
  near(a.machine.memoryBytes, b.machine.memoryBytes, 1 / sameMemory);

/** Did the spikes of two nights peak about as high? The peak follows the measured capacity, and latencies follow the peak. */
const samePeaks = (a: Night, b: Night): boolean =>
  a.capacity !== null && b.capacity !== null && near(a.capacity.peakPerSecond, b.capacity.peakPerSecond, samePeak);

/** Whether the values of a series on two nights may be held against each other, as `compare` has it. */
export const comparable = (series: string, a: Night, b: Night): boolean =>
  sameLoad(a, b) && (!series.startsWith('latency ') || samePeaks(a, b));
