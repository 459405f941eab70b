import { brokeOf, lackText, missingFeatures } from '../../harness/model/index.ts';
import type { AttackReport, Report } from '../../harness/model/index.ts';
import type { MatrixEntry } from './entry.ts';
import { unexpectedOf } from './expect.ts';
import type { MatrixRow, MatrixTrim } from './schema.ts';
import { leftOutText } from './trimmed.ts';
import { sentence } from '../text/index.ts';

/** The row of a stack, judged. Pure. */
export const rowOf = (entry: MatrixEntry): MatrixRow => {
  const { stack, outcome, folder, trimmed } = entry;
  const facts: Omit<MatrixRow, 'asExpected' | 'unexpected'> = {
    stack: stack.id,
    title: stack.title,
    edge: stack.parts.edge,
    mesh: stack.parts.mesh,
    defaults: stack.defaults && defaultsOf(stack.defaults, entry.attacks),
    ...(outcome === null
      ? leftOut(trimmed)
      : 'report' in outcome
        ? ofReport(outcome.report, saidOf(stack.defaults, entry.attacks))
        : { ...withoutReport, plan: trimmed?.instead?.plan ?? null }),
    trimmed,
    digest: outcome !== null && 'report' in outcome ? outcome.digest : null,
    error: outcome !== null && 'error' in outcome ? outcome.error : null,
    folder,
    notApplicable: Object.fromEntries(
      entry.attacks.flatMap((attack) => {
        const missing = missingFeatures(attack, stack.features);
        return missing.length === 0 ? [] : [[attack.id, lackText(missing)]];
      }),
    ),
  };
  const unexpected = unexpectedOf(facts);
  return { ...facts, asExpected: unexpected.length === 0, unexpected };
};

/** What the documentation of a product says, attack by attack: of the clause that each puts to the test. */
const saidOf = (
  defaults: MatrixEntry['stack']['defaults'],
  attacks: MatrixEntry['attacks'],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    attacks.flatMap(({ id, clause }) => {
      const said = clause === undefined ? undefined : defaults?.documentation[clause];
      return said === undefined ? [] : [[id, said]];
    }),
  );

/** Whose defaults they are, and what is expected of those attacks of the plan. */
const defaultsOf = (
  defaults: NonNullable<MatrixEntry['stack']['defaults']>,
  attacks: MatrixEntry['attacks'],
): MatrixRow['defaults'] => {
  const { product, version, page, expected } = defaults;
  const said = saidOf(defaults, attacks);
  const measured = new Set(Object.values(expected?.verdicts ?? {}).flat());
  const failed = attacks.filter(({ id }) => expected?.verdicts.fail.includes(id) === true);
  return {
    product,
    version,
    page,
    admits: Object.fromEntries(failed.map(({ id }) => [id, said[id] ?? ''])),
    measured: expected && { ...expected.measured, report: expected.measured.report ?? null },
    unmeasured: attacks.map(({ id }) => id).filter((id) => !measured.has(id)),
  };
};

type Measured = Pick<
  MatrixRow,
  | 'plan'
  | 'verdict'
  | 'reasons'
  | 'run'
  | 'startedAt'
  | 'partial'
  | 'score'
  | 'controls'
  | 'attacks'
  | 'requests'
  | 'capacity'
  | 'latencyP99Ms'
  | 'versions'
  | 'waivers'
>;

const withoutReport: Measured = {
  plan: null,
  verdict: 'ERROR',
  reasons: [],
  run: null,
  startedAt: null,
  partial: false,
  score: null,
  controls: [],
  attacks: [],
  requests: null,
  capacity: null,
  latencyP99Ms: {},
  versions: {},
  waivers: [],
};

/** Nobody knows whether it holds: that is no error, and no pass. */
const leftOut = (trimmed: MatrixTrim | null): Measured => ({
  ...withoutReport,
  verdict: 'UNKNOWN',
  reasons: [trimmed === null ? 'not run' : leftOutText(trimmed)],
});

const ofReport = (report: Report, said: Readonly<Record<string, string>>): Measured => {
  const { attacks, load } = report;
  const sum = (of: (attack: AttackReport) => number): number =>
    attacks.reduce((total, attack) => total + of(attack), 0);
  return {
    plan: report.plan,
    verdict: report.verdict,
    reasons: report.reasons.map(sentence),
    run: report.run,
    startedAt: report.startedAt,
    partial: report.partial,
    score: { value: report.score.value, letter: report.score.letter },
    controls: report.controls.map(({ id, verdict }) => ({ id, verdict })),
    attacks: attacks.map((attack) => ({
      id: attack.id,
      title: attack.title,
      control: attack.control,
      critical: attack.critical,
      verdict: attack.verdict,
      reason: attack.reason === null ? null : sentence(attack.reason),
      attempts: attack.attempts,
      admitted: brokeOf(attack),
      explained: said[attack.id] ?? null,
    })),
    requests: {
      intended: load.intended,
      dropped: load.dropped,
      failed: load.failed,
      attempts: sum(({ attempts }) => attempts),
      admitted: sum(brokeOf),
    },
    capacity: report.capacity && pick(report.capacity),
    latencyP99Ms: Object.fromEntries(Object.entries(load.latencyMs).map(([phase, { p99 }]) => [phase, p99])),
    versions: { ...report.versions },
    waivers: report.waivers
      .filter(({ inForce }) => inForce)
      .map(({ enforcer, part, reason, expires, explained }) => ({ enforcer, part, reason, expires, explained })),
  };
};

const pick = ({
  perSecond,
  measured,
  clamped,
  peakPerSecond,
}: NonNullable<Report['capacity']>): MatrixRow['capacity'] => ({
  perSecond,
  measured,
  clamped,
  peakPerSecond,
});
