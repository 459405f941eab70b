import type { Timeline } from '../../../harness/model/index.ts';

/** A phase with the time that follows it, up to the next one, in milliseconds of its own run; `ownEndMs` is the end of the phase alone. */
type Slot = {
  readonly key: string;
  readonly id: string;
  readonly startMs: number;
  readonly ownEndMs: number;
  readonly endMs: number;
};

/** A stretch of the common axis. */
type AlignedPhase = { readonly id: string; readonly startMs: number; readonly endMs: number };

/** One run on the common axis: a point for each of its bins, at the bin's middle; null where there is nothing, and between phases. */
export type AlignedSeries = {
  readonly atMs: readonly number[];
  readonly answered: readonly (number | null)[];
  readonly failed: readonly (number | null)[];
  readonly p99: readonly (number | null)[];
  readonly admitted: readonly (number | null)[];
};

/** Two runs on one axis, in milliseconds from the start of `zero`. */
export type Aligned = {
  readonly phases: readonly AlignedPhase[];
  /** The phase whose start is 0 on the axis; null where no phase was recorded. */
  readonly zero: string | null;
  readonly before: AlignedSeries;
  readonly after: AlignedSeries;
};

const slotsOf = (line: Timeline): readonly Slot[] => {
  const phases = line.phases.toSorted((a, b) => a.startMs - b.startMs);
  const end = line.originMs + line.binMs * line.intendedPerSecond.length;
  return phases.map(({ id, startMs, endMs }, at) => {
    const earlier = phases.slice(0, at).filter((phase) => phase.id === id).length;
    return {
      key: JSON.stringify([id, earlier]),
      id,
      startMs,
      ownEndMs: endMs,
      endMs: phases[at + 1]?.startMs ?? Math.max(end, endMs),
    };
  });
};

/** The keys of both, each side's own order kept where the sides agree. */
const merge = (before: readonly string[], after: readonly string[]): readonly string[] => {
  const merged = [...before];
  after.forEach((key, at) => {
    if (merged.includes(key)) return;
    const previous = after.slice(0, at).findLast((each) => merged.includes(each));
    merged.splice(previous === undefined ? 0 : merged.indexOf(previous) + 1, 0, key);
  });
  return merged;
};

/** The slot that a bin belongs to: that of the phase which it shares the most time with, else the one in which its middle lies. */
const slotOf = (slots: readonly Slot[], fromMs: number, toMs: number): Slot | undefined => {
  const shared = ({ startMs, ownEndMs }: Slot): number => Math.min(toMs, ownEndMs) - Math.max(fromMs, startMs);
  const [most] = slots.filter((slot) => shared(slot) > 0).toSorted((a, b) => shared(b) - shared(a));
  return most ?? slots.findLast(({ startMs }) => startMs <= (fromMs + toMs) / 2) ?? slots[0];
};

const seriesOf = (line: Timeline, slots: readonly Slot[], startOn: ReadonlyMap<string, number>): AlignedSeries => {
  const points: { atMs: number; bin: number | null }[] = [];
  let current: Slot | undefined;
  line.intendedPerSecond.forEach((_, bin) => {
    const fromMs = line.originMs + bin * line.binMs;
    const slot = slotOf(slots, fromMs, fromMs + line.binMs);
    if (slot === undefined) return;
    const atMs = (startOn.get(slot.key) ?? 0) + fromMs + line.binMs / 2 - slot.startMs;
    // A point without a value keeps a line from running on from one phase into the next.
    const last = points.at(-1);
    if (slot !== current && last !== undefined) points.push({ atMs: (last.atMs + atMs) / 2, bin: null });
    current = slot;
    points.push({ atMs, bin });
  });
  const pick = (series: readonly (number | null)[]): readonly (number | null)[] =>
    points.map(({ bin }) => (bin === null ? null : (series[bin] ?? null)));
  return {
    atMs: points.map(({ atMs }) => Math.round(atMs)),
    answered: pick(line.answeredPerSecond),
    failed: pick(line.failedPerSecond),
    p99: pick(line.latencyP99Ms),
    admitted: pick(line.admittedPerSecond),
  };
};

/**
 * Puts two runs on one axis, phase by phase: a phase begins at the same place for both and takes as long as the longer of the two, so
 * that one long ramp does not shift all that comes after it. The start of `spike` is 0; without one, that of the first phase of both.
 */
export const align = (before: Timeline, after: Timeline): Aligned => {
  const sides = [slotsOf(before), slotsOf(after)] as const;
  const keys = merge(...(sides.map((slots) => slots.map(({ key }) => key)) as [string[], string[]]));
  const find = (side: 0 | 1, key: string): Slot | undefined => sides[side].find((slot) => slot.key === key);
  const lengthOf = (slot: Slot | undefined): number => (slot === undefined ? 0 : slot.endMs - slot.startMs);
  let atMs = 0;
  const laid = keys.map((key) => {
    const both = [find(0, key), find(1, key)] as const;
    const startMs = atMs;
    atMs += Math.max(...both.map(lengthOf));
    return { key, id: (both[0] ?? both[1])?.id ?? '', startMs, endMs: atMs, shared: !both.includes(undefined) };
  });
  const zero = laid.find(({ id }) => id === 'spike') ?? laid.find(({ shared }) => shared) ?? laid[0];
  const shift = zero?.startMs ?? 0;
  const startOn = new Map(laid.map(({ key, startMs }) => [key, startMs - shift]));
  return {
    phases: laid.map(({ id, startMs, endMs }) => ({ id, startMs: startMs - shift, endMs: endMs - shift })),
    zero: zero?.id ?? null,
    before: seriesOf(before, sides[0], startOn),
    after: seriesOf(after, sides[1], startOn),
  };
};
