import type { LiveState } from '../../../../harness/execute/live/index.ts';

/** A state in the middle of a spike; `admitted` attempts are in already. */
export const stateWith = (admitted: number, more: Partial<LiveState> = {}): LiveState => ({
  phase: 'spike',
  phaseElapsedMs: 12_300,
  phaseMs: 22_000,
  leftMs: 16_200,
  load: {
    askedPerSecond: 1480.4,
    deliveredPerSecond: 1475.6,
    failed: 0,
    disturbed: 0,
    dropped: 0,
    waiting: 3,
    p50Ms: 4.2,
    p99Ms: 31.4,
  },
  attempts: { scheduled: 12_340, due: 9120, answered: 9104, admitted },
  ...more,
});
