import { matchesSome } from '../declare/plan/index.ts';
import { lineGroups } from '../model/index.ts';
import type { Comparison, ComparisonLine, Gate, Judgement } from '../model/index.ts';
import { contextOf } from './context.ts';
import type { Draft, Tested } from './draft.ts';
import { fileDifferences } from './files.ts';
import { newest } from './input.ts';
import type { SideInput } from './input.ts';
import { attackLines } from './lines/attacks.ts';
import { boundLines } from './lines/bounds.ts';
import { incidentLines } from './lines/incidents.ts';
import { loadLines } from './lines/load.ts';
import { controlLines, verdictLines } from './lines/verdicts.ts';
import { holm } from './statistics/holm.ts';

/** A gate, and the file that it was read from. */
export type GivenGate = Gate & { readonly file: string | null };

/**
 * What changed in posture from one side to the other, and whether the gate lets it pass. Pure: the same sides, gate and version of the
 * harness give the same bytes.
 */
export const compare = (before: SideInput, after: SideInput, gate: GivenGate, harness: string): Comparison => {
  const [a, b] = [newest(before), newest(after)];
  const attacks = attackLines(a, b);
  const drafts = [
    ...verdictLines(a, b, attacks, gate),
    ...controlLines(a, b, attacks),
    ...attacks,
    ...incidentLines(a, b),
    ...boundLines(a, b),
    ...loadLines(before, after, gate),
  ];
  const lines = conclude(drafts, gate).toSorted((x, y) => lineGroups.indexOf(x.group) - lineGroups.indexOf(y.group));
  const { files, unknown } = fileDifferences(before, after);
  return {
    schema: 'https://holdfast.dev/comparison/v2',
    harness,
    before: { label: before.label, runs: before.postures.length, posture: a },
    after: { label: after.label, runs: after.postures.length, posture: b },
    context: contextOf(a, b),
    files,
    filesUnknown: unknown,
    lines,
    gate: { id: gate.id, file: gate.file, alpha: gate.alpha, least: gate.least },
    ...judgeAll(lines, gate),
  };
};

/** The tests of all drafts together: each difference must be sure in spite of how many were looked at. */
const conclude = (drafts: readonly Draft[], gate: Gate): ComparisonLine[] => {
  const tested = drafts.flatMap((draft) => ('tested' in draft ? [draft] : []));
  const adjusted = new Map(holm(tested.map(({ tested: { p } }) => p)).map((p, i) => [tested[i] as Draft, p] as const));
  return drafts.map((draft) => {
    const { id, group, title, critical, unit, before, after, test, ratio = null } = draft;
    const pAdjusted = adjusted.get(draft) ?? null;
    const conclusion =
      'judged' in draft ? draft.judged : judgeTested(draft.tested, pAdjusted ?? 1, adjusted.size, gate);
    return {
      id,
      group,
      title,
      critical,
      unit,
      before,
      after,
      test,
      ratio,
      p: 'tested' in draft ? draft.tested.p : null,
      pAdjusted,
      ...conclusion,
      gate: matchesSome(gate.fail, id) ? 'fail' : 'warn',
    };
  });
};

const judgeTested = (
  { direction, matters }: Tested,
  p: number,
  tests: number,
  { alpha }: Gate,
): { readonly judgement: Judgement; readonly why: string } => {
  const all = tests === 1 ? 'the only one tested' : `one of ${tests} that were tested`;
  if (p >= alpha) {
    return { judgement: 'noise', why: `chance gives such a difference with ${figure(p)} (corrected, ${all})` };
  }
  if (!matters) return { judgement: 'noise', why: `sure (${figure(p)}), and smaller than what the gate cares for` };
  return {
    judgement: direction === 'worse' ? 'regression' : 'improvement',
    why: `${direction}; chance gives such a difference with ${figure(p)} (corrected, ${all})`,
  };
};

const figure = (p: number): string => (p < 1e-6 ? 'p < 0.000001' : `p = ${Number(p.toPrecision(2))}`);

/** What a line contributes to the reasons of the comparison, where its verdict rests on it. */
export const reasonOfLine = ({ id, judgement, why }: Pick<ComparisonLine, 'id' | 'judgement' | 'why'>): string =>
  `${id}: ${judgement}: ${why}`;

const judgeAll = (lines: readonly ComparisonLine[], { need }: Gate): Pick<Comparison, 'verdict' | 'reasons'> => {
  const worse = lines.filter(({ judgement, gate }) => judgement === 'regression' && gate === 'fail');
  const open = lines.filter(({ judgement, id }) => judgement === 'not comparable' && matchesSome(need, id));
  const reasons = [...worse, ...open].map(reasonOfLine);
  if (worse.length > 0) return { verdict: 'REGRESSION', reasons };
  return { verdict: open.length > 0 ? 'NOT COMPARABLE' : 'NO REGRESSION', reasons };
};
