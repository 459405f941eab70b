/** How many tests there were. */
export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

export const noTests: Tally = { passed: 0, failed: 0, skipped: 0 };

export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** The closing line; skipped tests are counted and said. */
export const closingLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;

/**
 * Reads tap's own totals (`# { total: 5, pass: 1, fail: 2, skip: 2 }`) from the end of its output. A test marked `todo` that
 * fails is no failure to TAP, but it is none that passed either: it counts as skipped. Null where tap did not get that far.
 */
export const readTotals = (tap: string): Tally | null => {
  const line = tap.split('\n').findLast((one) => /^# \{ total: \d+/.test(one));
  if (line === undefined) return null;
  const of = (name: string): number => Number(new RegExp(`\\b${name}: (\\d+)`).exec(line)?.[1] ?? 0);
  return { passed: of('pass'), failed: of('fail'), skipped: of('skip') + of('todo') };
};
