import type { GivenGate } from '../../harness/compare/index.ts';
import type { ComparisonLine, Posture } from '../../harness/model/index.ts';
import { regressions, robustSpreadOf, spreadOf } from './figures.ts';
import type { Pair } from './figures.ts';
import type { Planted } from './planted.ts';

/** Everything that the page says. */
export type Figures = {
  readonly gate: GivenGate;
  readonly same: readonly Posture[];
  readonly quiet: readonly Pair[];
  readonly everyTwo: readonly Pair[];
  readonly overNights: readonly Pair[];
  readonly nights: number;
  readonly seen: readonly {
    readonly one: Planted;
    readonly found: boolean;
    readonly by: readonly ComparisonLine[];
    readonly called: readonly ComparisonLine[];
    readonly everyNight: number;
    readonly nights: number;
  }[];
};

/** The figures as a page of Markdown. */
export const describe = ({ gate, same, quiet, everyTwo, overNights, nights, seen }: Figures): string =>
  `# What \`compare\` says of pairs that are known

Written by \`npm run pairs\`: runs of \`quick\` on one machine (${machineOf(same)}), ${same.length} of the same stack and ${seen.length} with a planted
regression, in turn, from ${firstAndLast(same)} UTC. Gate: \`${gate.id}\`, alpha ${gate.alpha}. Verdicts of the runs of the same:
${tallyOf(same.map(({ verdict }) => verdict))}.

## Nothing changed

| compared | pairs | regression | not comparable | no regression |
|---|---:|---:|---:|---:|
${[
  ['each night with the night before', quiet],
  ['every two nights', everyTwo],
  [`each night with the ${nights} before it`, overNights],
]
  .map(([what, pairs]) => rowOf(what as string, pairs as readonly Pair[]))
  .join('\n')}

${falseOnes('each night with the night before', quiet)}${falseOnes(`each night with the ${nights} before it`, overNights)}
## Something was planted

Compared with the run of the same before it; in brackets, in how many of the other nights it would have been found as well.

| planted | kind | found | by |
|---|---|---|---|
${seen
  .map(
    ({ one, found, by, called, everyNight, nights: all }) =>
      `| ${one.id} | ${one.kind} | ${found ? 'yes' : '**no**'} (${everyNight} of ${all}) | ${(found ? by : called).map(lineOf).join('; ') || 'nothing'} |`,
  )
  .join('\n')}

${seen.filter(({ found }) => found).length} of ${seen.length} found.

## What runs of the same differ by

Standard deviations of the natural logarithm over the runs that are not INVALID, and the same by the median absolute deviation
(× 1.4826), which a single disturbed night does not move. The gate's \`spread\` should be no smaller than the latter.

| line | runs | least | most | spread | by the median |
|---|---:|---:|---:|---:|---:|
${spreads(quiet)}
`;

const firstAndLast = (same: readonly Posture[]): string => {
  const times = same.map(({ startedAt }) => startedAt.slice(0, 16).replace('T', ' ')).toSorted();
  return `${times[0]} to ${times.at(-1)}`;
};

const machineOf = ([first]: readonly Posture[]): string =>
  `${first!.machine.cpus} CPUs, ${(first!.machine.memoryBytes / 2 ** 30).toFixed(0)} GiB`;

const tallyOf = (words: readonly string[]): string =>
  [...new Set(words)].map((word) => `${words.filter((one) => one === word).length} ${word}`).join(', ');

const rowOf = (what: string, pairs: readonly Pair[]): string => {
  const of = (verdict: string): number => pairs.filter(({ comparison }) => comparison.verdict === verdict).length;
  return `| ${what} | ${pairs.length} | ${of('REGRESSION')} | ${of('NOT COMPARABLE')} | ${of('NO REGRESSION')} |`;
};

const falseOnes = (what: string, pairs: readonly Pair[]): string =>
  pairs
    .flatMap((pair) => regressions(pair).map((line) => `- ${what}, ${pair.name}: ${lineOf(line)}: ${line.why}\n`))
    .join('');

const lineOf = ({ id, before, after, judgement, ratio }: ComparisonLine): string =>
  `${id}: ${before?.value ?? 'none'} → ${after?.value ?? 'none'}${ratio === null ? '' : ` (× ${ratio.value.toPrecision(2)})`}, ${judgement}`;

/** The first night stands before every pair; of the others each is the later one of one. */
const spreads = (quiet: readonly Pair[]): string => {
  const values = new Map<string, number[]>();
  for (const { comparison } of quiet) {
    for (const { id, group, after } of comparison.lines) {
      if (comparison.after.posture.verdict === 'INVALID' || !['capacity', 'latency'].includes(group)) continue;
      if (typeof after?.value === 'number') values.set(id, [...(values.get(id) ?? []), after.value]);
    }
  }
  return [...values]
    .map(
      ([name, own]) =>
        `| ${name} | ${own.length} | ${Math.min(...own)} | ${Math.max(...own)} | ${spreadOf(own).toFixed(2)} | ${robustSpreadOf(own).toFixed(2)} |`,
    )
    .join('\n');
};
