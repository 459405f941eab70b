import type { ControlId } from '../model/index.ts';

/**
 * What a run is worth: data with a version, so that two scores are comparable only where their tables are the same.
 *
 * What was not shown costs as much as what was shown to fail. If an unknown were worth more, leaving out a failing attack would
 * raise the score.
 */
export const table = {
  version: '1',
  /** Share of each control among those that the plan claims. */
  controls: { edge: 3, mtls: 3, telemetry: 2, parity: 2, defaults: 1, framing: 2, resilience: 2 } satisfies Record<
    ControlId,
    number
  >,
  /** Share of an attack within its control. */
  attacks: { critical: 3, standard: 1 },
  /** Smallest value of each letter. */
  letters: [
    ['A', 90],
    ['B', 80],
    ['C', 70],
    ['D', 60],
    ['E', 50],
    ['F', 0],
  ],
  /** Largest letter and value by what went wrong. */
  caps: {
    /** A critical attack broke its claim, or left it open. */
    critical: { letter: 'F', value: 49 },
    /** Any other attack did. */
    standard: { letter: 'D', value: 69 },
    /** The instrument was not fit, or the whole run is open to doubt: nothing was shown, so nothing is earned. */
    nothingShown: { letter: 'F', value: 0 },
  },
} as const;
