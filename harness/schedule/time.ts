import type { PhaseSlot } from '../model/index.ts';

/** Times in a schedule have one decimal: 0.1 ms is below what any sender keeps, and it keeps the file small. */
export const tenth = (ms: number): number => Math.round(ms * 10) / 10;

/** A stretch of time, in ms from the segment's origin. */
export type Interval = readonly [startMs: number, endMs: number];

/** What is left of a phase when the blocked stretches are taken out, in order. */
export const freeOf = (phase: PhaseSlot, blocked: readonly Interval[]): readonly Interval[] => {
  const free: Interval[] = [];
  let from = phase.startMs;
  for (const [start, end] of blocked.toSorted((a, b) => a[0] - b[0])) {
    if (start > from && from < phase.endMs) free.push([from, Math.min(start, phase.endMs)]);
    from = Math.max(from, end);
  }
  if (from < phase.endMs) free.push([from, phase.endMs]);
  return free;
};

/**
 * `count` times over the free stretches: one in each of `count` equal parts, at a random place of it. So there are no bursts,
 * and no rhythm that a fault could fall in with. Empty where nothing is free.
 */
export const stratify = (free: readonly Interval[], count: number, random: () => number): readonly number[] => {
  const total = free.reduce((sum, [start, end]) => sum + end - start, 0);
  if (total <= 0) return [];
  const times: number[] = [];
  let index = 0;
  let before = 0;
  for (let i = 0; i < count; i++) {
    const at = ((i + random()) / count) * total;
    while (index < free.length - 1 && at >= before + free[index]![1] - free[index]![0]) {
      before += free[index]![1] - free[index]![0];
      index++;
    }
    const [start, end] = free[index]!;
    times.push(Math.min(tenth(start + at - before), end));
  }
  return times;
};
