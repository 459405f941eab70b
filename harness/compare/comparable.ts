import type { Posture } from '../model/index.ts';
import type { SideInput } from './input.ts';
import { newest } from './input.ts';

/** Memory of one size of machine is reported a little differently by each kernel. */
export const sameMemory = 0.9;

/** Why what a run refused shows nothing under load; null where it does. An admission is a fact all the same. */
export const whyNothingShown = ({ verdict, partial }: Posture, side: 'before' | 'after'): string | null => {
  if (verdict === 'INVALID') return `${side} is INVALID: its instrument was not fit`;
  return partial ? `${side} was cut short` : null;
};

/** Why rates and latencies of two sides do not measure the same; null where they do. */
export const whyOtherLoad = (before: SideInput, after: SideInput): string | null => {
  const [a, b] = [newest(before), newest(after)];
  const differing = (['plan', 'trace'] as const).find((name) => a.digests[name] !== b.digests[name]);
  if (differing !== undefined) {
    const names = differing === 'plan' && a.plan !== b.plan ? ` (${a.plan} and ${b.plan})` : '';
    return `the ${differing} is not the same${names}: another load was replayed`;
  }
  if (a.machine.cpus !== b.machine.cpus) return `another machine: ${a.machine.cpus} and ${b.machine.cpus} CPUs`;
  const [less, more] = [a.machine.memoryBytes, b.machine.memoryBytes].toSorted((x, y) => x - y);
  if (less! < more! * sameMemory) return 'another machine: its memory is of another size';
  return whyNothingShown(a, 'before') ?? whyNothingShown(b, 'after');
};

/** The part of a spike by which two peaks may differ before the latencies under them are those of different loads. */
export const samePeak = 1.5;

/** Why latencies that depend on the load do not compare; null where they do. */
export const whyOtherPeak = (a: Posture, b: Posture): string | null => {
  const [one, other] = [a.capacity?.peakPerSecond ?? 0, b.capacity?.peakPerSecond ?? 0];
  if (one === 0 || other === 0) return 'the peak of the spike is not known on both sides';
  if (Math.max(one, other) <= samePeak * Math.min(one, other)) return null;
  return `the spike peaked at ${Math.round(one)}/s and at ${Math.round(other)}/s, for the measured capacities differ: latencies under other loads`;
};
