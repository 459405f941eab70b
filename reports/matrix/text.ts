import { count, millisText, perSecondText, startedText } from '../text/index.ts';
import type { Matrix, MatrixRow } from './schema.ts';
import { timeText } from './trimmed.ts';

/** Reference stacks, and the products as they ship. */
export const partsOf = (
  matrix: Matrix,
): { readonly references: readonly MatrixRow[]; readonly defaults: readonly MatrixRow[] } => ({
  references: matrix.rows.filter((row) => row.defaults === null),
  defaults: matrix.rows.filter((row) => row.defaults !== null),
});

/** How many stacks, e.g. `3 stacks`. */
export const stacksText = ({ rows }: Matrix): string =>
  rows.length === 1 ? '1 stack' : `${count(rows.length)} stacks`;

/** The verdict over all rows, in two or three words. */
export const matrixVerdict = (matrix: Matrix): string => (matrix.asExpected ? 'AS EXPECTED' : 'NOT AS EXPECTED');

/** What it rests on, a sentence each for the reference stacks and for the defaults. */
export const summaryOf = (matrix: Matrix): readonly string[] => {
  const { references, defaults } = partsOf(matrix);
  const good = (rows: readonly MatrixRow[]): string =>
    `${count(rows.filter((row) => row.asExpected).length)} of ${count(rows.length)}`;
  return [
    ...(references.length === 0
      ? []
      : [`${good(references)} reference ${references.length === 1 ? 'stack holds' : 'stacks hold'}.`]),
    ...(defaults.length === 0
      ? []
      : [
          `${good(defaults)} ${defaults.length === 1 ? 'product is' : 'products are'}, as shipped, broken by just what got through where it was measured.`,
        ]),
  ];
};

/** What is not as expected, as `stack: sentence`. */
export const unexpectedLines = (matrix: Matrix): readonly string[] =>
  matrix.rows.flatMap(({ stack, unexpected }) => unexpected.map((line) => `${stack}: ${line}`));

/** What was run, as name and value. */
export const matrixFacts = (matrix: Matrix): readonly (readonly [name: string, value: string])[] => {
  const sum = (of: (row: MatrixRow) => number | undefined): string =>
    count(matrix.rows.reduce((total, row) => total + (of(row) ?? 0), 0));
  const budget = timeText(matrix);
  return [
    ['Plan', matrix.plan],
    ['Stacks', count(matrix.rows.length)],
    ['Started', startedText(matrix.startedAt)],
    ['Traffic', `${sum(({ requests }) => requests?.intended)} legitimate requests`],
    ['Attempts', `${sum(({ requests }) => requests?.attempts)}, ${sum(({ requests }) => requests?.admitted)} admitted`],
    ...(budget === null ? [] : [['Budget', budget] as const]),
    ['Seed', matrix.seed],
  ];
};

/** What a reader must not conclude from the table, a sentence each. */
export const matrixNotes = (matrix: Matrix): readonly string[] => [
  ...(matrix.only === null
    ? []
    : [`The runs were narrowed with --only ${matrix.only}: attacks outside it did not run and earn nothing.`]),
  ...(matrix.overlay
    ? ["The stacks' configuration was changed by an overlay: the verdicts are about the changed stacks."]
    : []),
];

/** Peak of the spike and capacity, e.g. `968/s of 1,210/s`. */
export const peakText = ({ capacity }: MatrixRow): string =>
  capacity === null
    ? '–'
    : `${perSecondText(capacity.peakPerSecond)} of ${capacity.clamped ? '≥ ' : ''}${perSecondText(capacity.perSecond)}`;

/** The phase whose 99th percentile of the latency is highest; null where no latency was measured. */
export const slowestPhase = ({ latencyP99Ms }: MatrixRow): { readonly phase: string; readonly text: string } | null => {
  // The ramp goes past what the stack bears, on purpose: its latency says nothing of the stack.
  const measured = Object.entries(latencyP99Ms).flatMap(([phase, ms]) =>
    ms === null || phase === 'capacity' ? [] : [{ phase, ms }],
  );
  const [slowest] = measured.toSorted((a, b) => b.ms - a.ms);
  return slowest === undefined ? null : { phase: slowest.phase, text: millisText(slowest.ms) };
};

/** The controls that any row speaks about, in the order of the first that does. */
export const controlsOf = (matrix: Matrix): readonly string[] => [
  ...new Set(matrix.rows.flatMap(({ controls }) => controls.map(({ id }) => id))),
];

/** A waiver, and the stacks that have its enforcer. */
export type SharedWaiver = MatrixRow['waivers'][number] & { readonly stacks: readonly string[] };

/** Every waiver once, those that end first at the top. */
export const sharedWaivers = ({ rows }: Matrix): readonly SharedWaiver[] => {
  const known = new Map<string, SharedWaiver>();
  for (const { stack, waivers } of rows)
    for (const waiver of waivers) {
      const key = JSON.stringify([waiver.enforcer, waiver.part, waiver.expires, waiver.reason]);
      const before = known.get(key);
      known.set(key, {
        ...waiver,
        explained: waiver.explained + (before?.explained ?? 0),
        stacks: [...(before?.stacks ?? []), stack],
      });
    }
  const order = ({ expires, enforcer, part }: SharedWaiver): string => `${expires} ${enforcer} ${part}`;
  return [...known.values()].toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
};
