import { spanText } from './words.ts';

/**
 * One run of a longer job: `at` of `of`, counted from 1. `name`: what differs, a stack for example. `afterMs`: what the parts to come
 * are expected to take, where that is known.
 */
export type Part = {
  readonly name: string;
  readonly at: number;
  readonly of: number;
  readonly afterMs?: number | undefined;
};

/** A part under way; times in ms of one clock. */
export type PartUnderWay = Part & { readonly jobStartedMs: number; readonly startedMs: number };

/**
 * What a job still needs, in ms, when its part under way needs `leftMs`: the parts to come take as long as those that are done
 * took on average, set-up and all; while none is done, as long as this one seems to take. Where it is known what they are expected to
 * take, that. Nothing but an estimate.
 */
export const wholeLeftMs = (
  { at, of, jobStartedMs, startedMs, afterMs }: PartUnderWay,
  nowMs: number,
  leftMs: number,
): number => {
  if (afterMs !== undefined) return leftMs + afterMs;
  const own = nowMs - startedMs;
  const mean = at > 1 ? (startedMs - jobStartedMs) / (at - 1) : own + leftMs;
  return Math.max(leftMs, at > 1 ? mean - own : 0) + (of - at) * mean;
};

/** The parts that the run under way is in, outermost first, in words; and the time that is left of all. Null where there are none. */
export const partsText = (
  parts: readonly PartUnderWay[],
  nowMs: number,
  leftMs: number | null,
): { readonly where: string; readonly left: string | null } | null => {
  if (parts.length === 0) return null;
  const where = parts.map(({ name, at, of }) => `${name}, ${at} of ${of}`).join(': ');
  const known = leftMs !== null || parts.every(({ at }) => at > 1);
  if (!known) return { where, left: null };
  const left = parts.reduceRight((inner, part) => wholeLeftMs(part, nowMs, inner), leftMs ?? 0);
  return { where, left: `about ${spanText(left)} left of all` };
};
