import t from 'tap';
import * as stage from '../../../harness/check/index.ts';
import type { Action, EvidenceKind, HistoryRecord, Kinds, RunRecord } from '../../../harness/model/index.ts';
import { check, kinds, reportTold } from '../../support/check.ts';
import {
  attackOf,
  attempt,
  cleartext,
  end,
  formOf,
  hops,
  operation,
  phase,
  plan,
  runOf,
  traffic,
  window,
  withJournals,
  witness,
} from '../../support/history.ts';

// A pass is of what was tried in this run and gave a result: what is missing is unknown, and never counts for the better.
const history = (run: RunRecord, ...more: readonly HistoryRecord[]): readonly HistoryRecord[] =>
  withJournals([run, phase('rest', 0, 5000), phase('spike', 5000, 10_000), ...traffic(0, 10_000, 20), ...more, end()]);
const tried = [1000, 3000, 6000, 8000].map((atMs, i) => attempt(i, atMs));
const phases = ['rest', 'spike'].map((id) => ({ ...plan.phases[0]!, id }));
const run = (attack = attackOf(), more: Partial<RunRecord> = {}): RunRecord =>
  runOf([attack], { plan: { ...plan, phases }, ...more });

t.test('a plan is not shown where a phase or a form of it is missing', async (t) => {
  t.match(reportTold(history(run(), ...tried)), { verdict: 'HOLDS', score: { value: 100 } });
  const noSpike = history(run(), ...tried).filter((record) => record.type !== 'phase' || record.id !== 'spike');
  t.match(reportTold(noSpike), {
    verdict: 'UNKNOWN',
    reasons: ['nothing was tried in phase spike'],
    score: { value: 0 },
  });
  t.match(reportTold(history(run(attackOf({ required: 2 })), ...tried.slice(0, 2))), {
    verdict: 'UNKNOWN',
    reasons: ['E3: nothing was tried in phase spike'],
  });
  const two = attackOf({ forms: [formOf(), formOf({ variant: 'not-yet-valid' })] });
  t.match(reportTold(history(run(two), ...tried)), {
    verdict: 'UNKNOWN',
    reasons: ['E3: 1 of 2 forms were not tried: not-yet-valid at edge'],
  });
});

t.test('a form whose few attempts say nothing is named, though it is no blind spot', async (t) => {
  const two = attackOf({ forms: [formOf(), formOf({ variant: 'not-yet-valid' })] });
  const late = attempt(9, 4000, { form: 1, sentMs: 5900, endMs: 5905 });
  t.match(reportTold(history(run(two), ...tried, late)), {
    verdict: 'HOLDS',
    attacks: [{ notShown: ['no attempt of 1 of 2 forms gave a determinate result: not-yet-valid at edge'] }],
  });
});

t.test('what got through counts, whether or not it was asked of the stack', async (t) => {
  const lacking = run(attackOf({ needs: ['edge-reload'] }), {
    stack: { id: 'envoy-envoy', title: 'Envoy and Envoy', hops, features: [] },
  });
  t.match(reportTold(history(lacking, ...tried, witness(1, 3002))), {
    verdict: 'BROKEN',
    reasons: [/^E3: 1 of 4/],
    controls: [{ id: 'edge', verdict: 'fail' }],
  });
  t.match(reportTold(history(lacking, ...tried)), { verdict: 'UNKNOWN', controls: [] }, 'and what did not, does not');
});

t.test('a kill that the plan asks for was carried out, or nothing was shown under it', async (t) => {
  const killing = run(attackOf(), {
    plan: { ...plan, phases: [phases[0]!, { ...phases[1]!, actions: [{ do: 'kill', member: 'edge' }] }] },
  });
  const kill = (error: string | null): HistoryRecord =>
    operation('kill', [7000, 7100], { member: 'edge', service: 'edge' }, { error });
  t.match(reportTold(history(killing, ...tried, kill(null))), { verdict: 'HOLDS' });
  t.match(reportTold(history(killing, ...tried)), {
    verdict: 'UNKNOWN',
    reasons: ['E3: the plan asks for 1 of the action kill, and 0 were carried out'],
  });
  t.match(reportTold(history(killing, ...tried, kill('no such container'))), {
    verdict: 'UNKNOWN',
    reasons: ['E3: the action kill failed: no such container'],
  });
  t.match(reportTold(history(killing, ...tried, witness(1, 3002))), { verdict: 'BROKEN' }, 'an admission is a fact');
});

t.test('a disturbance excuses nobody from what has another cause', async (t) => {
  const [hop] = hops;
  const intercepted = attackOf({
    id: 'M16',
    control: 'mtls',
    required: 1,
    forms: [
      formOf({ variant: 'forged', target: 'edge→storefront', vantage: 'on-path', evidence: 'interceptor' }),
      formOf({ target: 'edge' }),
    ],
  });
  const at = [5600, 5800, 6000, 6200, 6400].map((atMs, i) => attempt(20 + i, atMs, { attack: 'M16', status: 503 }));
  const held = [1000, 8000].map((atMs, i) => attempt(i, atMs, { attack: 'M16', form: 1 }));
  const failed = window(1, [5000, 7000], { attack: 'M16', hop: hop! }, 'interceptor container exited 137');
  const report = reportTold(
    history(
      run(intercepted),
      ...held,
      ...at,
      failed,
      operation('kill', [6000, 6100], { member: 'edge', service: 'edge' }),
    ),
  );
  t.match(report, { verdict: 'UNKNOWN', reasons: [/^M16: none of 5 attempts/] });
});

t.test('a kind that throws leaves open what it was asked, and takes back nothing', async (t) => {
  const boom = (): never => {
    throw new Error('boom');
  };
  const action = { ...kinds.actions.get('reload')!, id: 'own', whyNothing: boom } as Action;
  const throwing: Kinds = { ...kinds, actions: new Map([...kinds.actions, ['own', action]]) };
  const admitted = history(run(), ...tried, witness(1, 3002));
  t.match(stage.check(admitted, throwing), [{ attack: { verdict: 'fail' } }]);
  t.match(stage.check(history(run(), ...tried), throwing), [
    { attack: { verdict: 'unknown', reason: { code: 'check-failed', data: { message: 'boom' } } } },
  ]);
  const evidence = { ...kinds.evidence.get('witness')!, id: 'own', judge: boom } as EvidenceKind;
  const judging: Kinds = { ...kinds, evidence: new Map([...kinds.evidence, ['own', evidence]]) };
  const two = attackOf({ forms: [formOf(), formOf({ variant: 'other', evidence: 'own' })] });
  t.match(stage.check(history(run(two), ...tried, attempt(9, 4000, { form: 1 }), witness(1, 3002)), judging), [
    { attack: { verdict: 'fail', admitted: 1, indeterminate: 1 } },
  ]);
});

t.test('what any part of a kind throws, or gives as a reason that is none, takes back no admission', async (t) => {
  const boom = (): never => {
    throw new Error('boom');
  };
  const witnessing = kinds.evidence.get('witness')!;
  const admitted = history(run(), ...tried, witness(1, 3002));
  const none = { verdict: 'indeterminate', reason: { code: 'late', data: {} } } as unknown as ReturnType<
    EvidenceKind['judge']
  >;
  for (const [name, part] of Object.entries({
    clusters: { clusters: boom },
    together: { together: boom },
    beyond: { beyond: boom },
    'a reason without its data': {
      judge: (...asked) => (asked[1].seq === 0 ? none : witnessing.judge(...asked)),
    },
  } satisfies Record<string, Partial<EvidenceKind>>)) {
    const own: Kinds = { ...kinds, evidence: new Map([...kinds.evidence, ['witness', { ...witnessing, ...part }]]) };
    t.match(stage.check(admitted, own), [{ attack: { verdict: 'fail', admitted: 1 }, incidents: [{}] }], name);
    if (!('judge' in part))
      t.match(
        stage.check(history(run(), ...tried), own),
        [{ attack: { verdict: 'unknown', reason: { code: 'check-failed' } } }],
        `${name}: and is no pass`,
      );
  }
  const tap = kinds.checks.get('tap')!;
  const seen = history(run(attackOf({ check: 'tap', forms: [] })), cleartext(6000));
  t.match(stage.check(seen, kinds), [{ attack: { verdict: 'fail' } }]);
  for (const part of [{ incidents: boom }, { whyNothing: boom }]) {
    const own: Kinds = { ...kinds, checks: new Map([...kinds.checks, ['tap', { ...tap, ...part }]]) };
    t.match(stage.check(seen, own), [{ attack: { verdict: 'fail' } }], Object.keys(part).join());
  }
});

t.test('an attack has a check or forms: what both say is judged by nobody', async (t) => {
  t.throws(() => check(history(run(attackOf({ check: 'tap' })), ...tried)), {
    code: 'bad-run',
    message: /a check or forms of each attack, found both of E3/,
  });
});
