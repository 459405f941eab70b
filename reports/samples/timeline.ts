import type { Timeline } from '../../harness/model/index.ts';

const binMs = 1000;
const bins = 72;
const round = (value: number): number => Math.round(value * 100) / 100;

/** A spike that rises steeply at 14 s and falls slowly; it looks like the recorded ones. */
const load = (second: number): number => {
  const rise = 1 / (1 + Math.exp(-(second - 20) / 1.6));
  const fall = 1 / (1 + Math.exp((second - 46) / 3));
  return Math.round(90 + 870 * rise * fall + (25 * ((second * 7919) % 11)) / 11);
};

const series = (of: (second: number) => number | null): (number | null)[] =>
  Array.from({ length: bins }, (_, second) => of(second));

const hops = ['edge→storefront', 'storefront→orders', 'orders→payments'];
const forms = [
  ['M5', 'self-signed'],
  ['M5', 'wrong-ca'],
  ['M16', 'own-ca'],
  ['M16', 'stolen-certificate'],
  ['M16', 'tamper'],
] as const;

const windows = [2, 25, 56].flatMap((start, phase) =>
  forms.map(([attack, variant], at) => ({
    attack,
    variant,
    hop: hops[(at + phase) % hops.length] ?? '',
    startMs: (start + at * 1.9) * 1000,
    endMs: (start + at * 1.9 + 1.5) * 1000,
  })),
);

/** Seventy-two seconds of rest, spike and recovery; `admitted` tells how many attempts got in in each second. */
export const sampleTimeline = (admitted: (second: number) => number): Timeline => ({
  binMs,
  originMs: 0,
  phases: [
    { id: 'rest', startMs: 0, endMs: 12_000 },
    { id: 'spike', startMs: 12_000, endMs: 54_000 },
    { id: 'recovery', startMs: 54_000, endMs: 72_000 },
  ],
  windows,
  operations: [],
  intendedPerSecond: series(load),
  answeredPerSecond: series((second) => load(second) - (second === 27 || second === 28 ? 6 : 0)),
  failedPerSecond: series((second) => (second === 27 ? 6 : second === 28 ? 4 : 0)),
  attemptsPerSecond: series((second) => Math.round(280 + load(second) * 0.4)),
  admittedPerSecond: series(admitted),
  latencyP50Ms: series((second) => (second === 71 ? null : round(1.9 + load(second) / 400))),
  latencyP99Ms: series((second) => (second === 71 ? null : round(6 + (load(second) / 160) ** 2 + ((second * 31) % 7)))),
});
