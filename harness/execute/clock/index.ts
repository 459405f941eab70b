import { millis } from '../../model/index.ts';
import type { Millis } from '../../model/index.ts';

/**
 * The one clock of a run. Raw files hold either CLOCK_MONOTONIC nanoseconds (our own programs, in every container of one
 * kernel) or wall-clock milliseconds (an edge, k6, pcap). Both become milliseconds since the run's origin, by one pair of
 * readings taken at the start, so that a step of the wall clock shows as drift instead of hiding in the figures.
 */
export type RunClock = {
  /** Wall clock at the origin, ms since the epoch. */
  readonly wallOriginMs: number;
  /** CLOCK_MONOTONIC at the origin, ns. */
  readonly monotonicOriginNs: bigint;
};

/** Takes both readings, as near to each other as can be. Effects: reads the clocks; takes up to 1 ms. */
export const startClock = (): RunClock => {
  // Date.now() follows a stepped wall clock, which performance.timeOrigin does not; its next tick gives it precision.
  const tick = Date.now();
  let now = Date.now();
  while (now === tick) now = Date.now();
  return { wallOriginMs: now, monotonicOriginNs: process.hrtime.bigint() };
};

const rounded = (ms: number): Millis => millis(Math.round(ms * 1000) / 1000);

/** Milliseconds since the origin, three decimals, of a monotonic reading in ns. */
export const fromMonotonic = (clock: RunClock, ns: bigint): Millis =>
  rounded(Number(ns - clock.monotonicOriginNs) / 1e6);

/** Milliseconds since the origin, three decimals, of a wall-clock reading in ms. */
export const fromWall = (clock: RunClock, ms: number): Millis => rounded(ms - clock.wallOriginMs);

/** The monotonic reading, in ns, that belongs to a wall-clock time in ms. */
export const monotonicAt = (clock: RunClock, wallMs: number): bigint =>
  clock.monotonicOriginNs + BigInt(Math.round((wallMs - clock.wallOriginMs) * 1e6));

/** How far the two clocks have drifted apart since the origin, in ms; beyond a few ms the wall clock was stepped. */
export const drift = (clock: RunClock): Millis => {
  const now = startClock();
  return rounded(fromWall(clock, now.wallOriginMs) - fromMonotonic(clock, now.monotonicOriginNs));
};
