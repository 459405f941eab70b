import { count } from '../../../reports/text/index.ts';

/** A rate, e.g. `1,480/s`. */
export const rateText = (perSecond: number): string => `${count(Math.round(perSecond))}/s`;

/** A latency to the millisecond, e.g. `31 ms`; `–` where there is none. */
export const latencyText = (ms: number | null): string => (ms === null ? '–' : `${count(Math.round(ms))} ms`);

/** Whole seconds, e.g. `12 s`. */
const secondsText = (ms: number): string => `${Math.floor(Math.max(0, ms) / 1000)} s`;

/** How far into a phase, e.g. `12 s of 22 s`; `3 s` where nobody knows how long it lasts. */
export const progressText = (elapsedMs: number, wholeMs: number | null): string =>
  wholeMs === null ? secondsText(elapsedMs) : `${secondsText(elapsedMs)} of ${secondsText(wholeMs)}`;

/** A time that somebody waits, e.g. `17 s`, `3 min 34 s`; whole minutes from ten on. */
export const spanText = (ms: number): string => {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds >= 600) return `${count(Math.round(seconds / 60))} min`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};
