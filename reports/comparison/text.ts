import type { Comparison, ComparisonLine, ComparisonSide, Context, Measured } from '../../harness/model/index.ts';
import { boundText, count, millisText, perSecondText } from '../text/index.ts';
import { reasonOfLine } from '../../harness/compare/index.ts';

/** What the verdict of a comparison means, in one sentence. */
export const comparisonMeaning: Readonly<Record<Comparison['verdict'], string>> = {
  'NO REGRESSION': 'Nothing that the gate stops got worse.',
  REGRESSION: 'Something that the gate stops got worse.',
  'NOT COMPARABLE': 'Nothing is known to have got worse, but what the gate needs could not be compared.',
};

/** A value of a line in its unit, e.g. `3 of 299`, `4.21 ms`; `–` where that side does not have it. */
export const measuredText = ({ unit }: Pick<ComparisonLine, 'unit'>, measured: Measured | null): string => {
  if (measured === null) return '–';
  const { value, of } = measured;
  if (typeof value === 'string') return value;
  const text = {
    word: String,
    attempts: count,
    requests: count,
    points: String,
    share: boundText,
    ms: millisText,
    '1/s': perSecondText,
  }[unit](value);
  return of === undefined ? text : `${text} of ${count(of)}`;
};

/** `before → after`, in the line's unit. */
export const changeText = (line: ComparisonLine): string =>
  `${measuredText(line, line.before)} → ${measuredText(line, line.after)}`;

/** After ÷ before with its interval, e.g. `×2.1 (1.7 to 2.6)`; null where the line has none. */
export const ratioText = ({ ratio }: Pick<ComparisonLine, 'ratio'>): string | null => {
  if (ratio === null) return null;
  const [value, low, high] = [ratio.value, ratio.low, ratio.high].map((each) => String(Number(each.toPrecision(3))));
  return `×${value} (${low} to ${high})`;
};

/** A chance, e.g. `0.0021`, `< 0.000001`; null where nothing was tested. */
export const chanceText = (p: number | null): string | null =>
  p === null ? null : p < 1e-6 ? '< 0.000001' : String(Number(p.toPrecision(2)));

/** Titles say more than the ids of these. */
const titled: ReadonlySet<ComparisonLine['group']> = new Set(['attacks', 'incidents', 'bounds', 'capacity', 'load']);

/** What a line is called: its id, with its title where that says more. */
export const nameText = ({ id, group, title, critical }: ComparisonLine): string => {
  const more = [
    ...(titled.has(group) ? [title] : []),
    ...(critical && (group === 'attacks' || group === 'incidents') ? ['critical'] : []),
  ];
  return more.length === 0 ? id : `${id} (${more.join(', ')})`;
};

/** The lines by what they are to a reader: what stops, what is only said, and what is quiet. */
export type Parts = {
  /** Regressions that the gate stops. */
  readonly stopped: readonly ComparisonLine[];
  /** Regressions that it lets pass. */
  readonly warned: readonly ComparisonLine[];
  readonly improved: readonly ComparisonLine[];
  readonly notComparable: readonly ComparisonLine[];
  readonly noise: readonly ComparisonLine[];
  readonly unchanged: readonly ComparisonLine[];
};

/** Sorts the lines by what they are to a reader; each stands in one part. */
export const partsOf = ({ lines }: Comparison): Parts => {
  const of = (judgement: ComparisonLine['judgement']): readonly ComparisonLine[] =>
    lines.filter((line) => line.judgement === judgement);
  const worse = of('regression');
  return {
    stopped: worse.filter(({ gate }) => gate === 'fail'),
    warned: worse.filter(({ gate }) => gate === 'warn'),
    improved: of('improvement'),
    notComparable: of('not comparable'),
    noise: of('noise'),
    unchanged: of('unchanged'),
  };
};

/**
 * Lines that are judged so for the same reason, as `[why, lines]`: first those that the verdict rests on, as `reasons` says, then those
 * of most lines.
 */
export const byReason = (
  lines: readonly ComparisonLine[],
  reasons: readonly string[],
): readonly (readonly [why: string, lines: readonly ComparisonLine[]])[] => {
  const decisive = new Set(reasons);
  const found = new Map<string, ComparisonLine[]>();
  for (const line of lines) found.set(line.why, [...(found.get(line.why) ?? []), line]);
  const decides = (of: readonly ComparisonLine[]): number =>
    Number(of.some((line) => decisive.has(reasonOfLine(line))));
  return [...found].toSorted(([, a], [, b]) => decides(b) - decides(a) || b.length - a.length);
};

/** How many of something, e.g. `1 line`, `12 lines`. */
const some = (number: number, one: string, many: string): string => `${count(number)} ${number === 1 ? one : many}`;

/** What came of the comparison in a few words: `2 regressions, 1 improvement, 3 lines not comparable`. */
export const summaryText = (comparison: Comparison): string => {
  const { stopped, warned, improved, notComparable } = partsOf(comparison);
  return [
    some(stopped.length, 'regression', 'regressions'),
    ...(warned.length === 0 ? [] : [`${some(warned.length, 'more', 'more')} that the gate lets pass`]),
    some(improved.length, 'improvement', 'improvements'),
    ...(notComparable.length === 0 ? [] : [`${some(notComparable.length, 'line', 'lines')} not comparable`]),
  ].join(', ');
};

/** How many lines say nothing: `41 lines unchanged, 12 within noise`. */
export const quietText = (comparison: Comparison): string => {
  const { unchanged, noise } = partsOf(comparison);
  return `${some(unchanged.length, 'line', 'lines')} unchanged, ${count(noise.length)} within noise`;
};

/** A side in a few words: its label, the runs that it rests on, plan and stack. */
export const sideText = ({ label, runs, posture }: ComparisonSide): string => {
  const rests =
    runs > 1 ? [`${count(runs)} runs up to ${posture.run}`] : label.includes(posture.run) ? [] : [`run ${posture.run}`];
  const partial = posture.partial ? ', stopped before its end' : '';
  return `${label} (${[...rests, `${posture.plan} on ${posture.stack}`].join(', ')}): ${posture.verdict}${partial}`;
};

/** A difference beside what was measured, e.g. `envoy: 1.39.0 → 1.40.0`. */
export const contextText = ({ what, before, after, consequence }: Context): string =>
  `${what}: ${before ?? '–'} → ${after ?? '–'}${consequence === null ? '' : `: ${consequence}`}`;

/** The gate by which was judged: `gate default (scenarios/gates/default.yaml), alpha 0.01`. */
export const gateText = ({ gate }: Comparison): string =>
  `gate ${gate.id}${gate.file === null ? '' : ` (${gate.file})`}, alpha ${gate.alpha}`;
