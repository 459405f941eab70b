import t from 'tap';
import type { AttackRecord, HistoryRecord, Incident, RunRecord, SourcePlace } from '../../../harness/model/index.ts';
import { attackOf, attempt, end, formOf, legit, phase, runOf, witness } from '../../support/history.ts';
import { buildReport } from '../../support/check.ts';

const policyAt = (line: number, part: string): SourcePlace => ({ file: 'policy.yaml', line, part });
const places = [
  policyAt(8, 'authentication'),
  policyAt(20, 'rules'),
  policyAt(33, 'rules.refund'),
  policyAt(38, 'calls'),
  policyAt(65, 'waivers.envoy-edge.rules.refund'),
  { file: 'plan.yaml', line: 35, part: 'attacks.E3' },
];

/** The incident of one attempt that got in. */
const incident = (attack: AttackRecord, more: Partial<RunRecord>): Incident => {
  const records: HistoryRecord[] = [
    { ...runOf([attack], {}), ...more },
    phase('rest', 0, 5000),
    legit(0, 800),
    legit(1, 1200),
    attempt(9, 1000, { status: 200 }),
    witness(9, 1001, { service: 'storefront' }),
    end(),
  ];
  return buildReport(records).incidents[0]!;
};
const shown = (found: Incident): string[] => (found.places ?? []).map(({ file, line }) => `${file}:${line}`);

t.test('an incident knows the lines to look at: the part of the policy, then the plan', async (t) => {
  const of = (...parts: string[]): string[] => shown(incident(attackOf({ forms: [formOf({ parts })] }), { places }));
  t.strictSame(of('authentication'), ['policy.yaml:8', 'plan.yaml:35']);
  t.strictSame(of('rules.refund', 'authentication'), ['policy.yaml:33', 'policy.yaml:8', 'plan.yaml:35']);
  t.strictSame(
    of('calls.storefront-orders'),
    ['policy.yaml:38', 'plan.yaml:35'],
    'the list, where its entry is not known',
  );
  t.strictSame(of(), ['plan.yaml:35']);
});

t.test('a comparison points at what decides: a rule by name, or what comes nearest where none grants it', async (t) => {
  const decided = (by: string): string[] =>
    shown(
      incident(
        attackOf({
          corpus: true,
          required: 1,
          forms: [
            formOf({
              evidence: 'decision',
              decisions: [{ at: 'edge', enforcer: 'envoy-edge', allow: false, by: [by] }],
              parts: ['rules.refund'],
            }),
          ],
        }),
        { places },
      ),
    );
  t.strictSame(decided('authentication'), ['policy.yaml:8', 'plan.yaml:35']);
  t.strictSame(decided('rules'), ['policy.yaml:33', 'plan.yaml:35']);
  t.strictSame(
    decided('rules.refund'),
    ['policy.yaml:33', 'policy.yaml:65', 'plan.yaml:35'],
    'and its waiver that is over',
  );
});

t.test('the incident of a history that knows no places is as it was', async (t) => {
  t.notOk('places' in incident(attackOf(), {}));
});
