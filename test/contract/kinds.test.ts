import t from 'tap';
import { checkIds, discoverKinds } from '../../harness/kinds/index.ts';
import type {
  AttackMeta,
  Form,
  HistoryRecord,
  Kinds,
  LossRecord,
  Report,
  Schedule,
} from '../../harness/model/index.ts';
import { scheduleSchema } from '../../harness/model/index.ts';
import { buildReport } from '../../harness/check/index.ts';
import { decodeHistory, encodeHistory } from '../../harness/record/history/index.ts';
import { attackRecords, formRecord, schedule, serialise } from '../../harness/schedule/index.ts';
import { discoverAttacks } from '../../harness/declare/discover/index.ts';
import { hopsOf } from '../../harness/declare/stack/index.ts';
import { configured, plan, policy, stack, trace } from '../harness/schedule/inputs.ts';
import { endpoints } from '../support/products.ts';
import { attackOf, attempt, end, legit, operation, phase, runOf, seen, twin } from '../support/history.ts';

/**
 * A sender, an action, an observer, a check and a kind of evidence that the repository does not have, in a folder of their own: they are
 * scheduled, recorded and judged with no edit under `harness`.
 */
const root = t.testdir({
  senders: {
    telegraph: {
      'recipe.ts': `
import { z } from 'zod';
export const sender = {
  id: 'telegraph',
  transports: ['morse'],
  recipe: z.looseObject({ own: z.strictObject({ dots: z.number() }) }),
  credentials: () => ({ tokens: [], certificates: [] }),
  isRequest: () => false,
  isEncrypted: () => false,
  text: ({ own }) => \`\${own.dots} dots\`,
};`,
    },
  },
  actions: {
    storm: {
      'op.ts': `
import { z } from 'zod';
const op = z.object({ member: z.string() });
export const action = {
  id: 'storm',
  op,
  options: z.strictObject({ member: z.string(), atMs: z.number(), forMs: z.number() }),
  plan: (context, { startMs }, { member, atMs, forMs }) => ({
    operations: [{ startMs: startMs + atMs, endMs: startMs + atMs + forMs, op: { member } }],
  }),
  disturbs: ({ member }) => ({ places: [member], excuses: ['failure', 'latency', 'drop'], beforeMs: 0, afterMs: 0, attacked: true }),
  text: ({ member }) => \`a storm over \${member}\`,
};`,
    },
  },
  observers: {
    ledger: {
      'record.ts': `
import { z } from 'zod';
export const observer = {
  id: 'ledger',
  record: z.object({ entry: z.enum(['in', 'out']) }),
  losses: { torn: 'all', smudged: 'none' },
};`,
      'check.ts': `
const entries = (view, kind) => view.seen('ledger').filter(({ entry }) => entry === kind);
const tally = (view) => {
  const [admitted, refused] = [entries(view, 'out').length, entries(view, 'in').length];
  const attempts = admitted + refused;
  const counts = { attempts, clusters: attempts, refused, admitted, served: 0, withheld: 0, indeterminate: 0 };
  const phases = Object.fromEntries(view.phases.map(({ id }) => [id, counts]));
  return {
    ...counts, bound95: 0, bound95Clusters: 0, phases, indeterminateReasons: [],
    variants: [{ variant: 'every entry', target: 'ledger', ...counts }],
  };
};
export const check = {
  id: 'ledger',
  tally,
  whyNothing: () => null,
  incidents: () => [],
  example: (ending) => [{ type: 'seen', kind: 'ledger', seq: null, atMs: 1, data: { entry: ending === 'broke' ? 'out' : 'in' } }],
};`,
    },
  },
  evidence: {
    'booked.ts': `
export const evidence = {
  id: 'booked',
  judge: (view, attempt, form, attack) => {
    const booked = view.seen('ledger').some(({ seq, entry }) => seq === attempt.seq && entry === 'in');
    if (booked) return { verdict: 'admitted', reason: null };
    const reason = view.twinFault(attempt);
    return reason === null ? { verdict: 'refused', reason } : { verdict: 'indeterminate', reason };
  },
  live: { witness: false, result: null },
  example: () => ({ attempt: {}, records: [] }),
};`,
  },
});
const kinds = await discoverKinds(root);

const form: Form = {
  variant: 'dotted',
  target: 'edge',
  vantage: 'outside',
  send: {
    to: 'edge',
    port: 8443,
    transport: 'morse',
    freshShare: 1,
    http: { method: 'GET', path: '/', headers: [] },
    own: { dots: 3 },
  },
  twin: {
    kind: 'request',
    send: {
      to: 'edge',
      port: 8443,
      transport: 'plain',
      freshShare: 1,
      http: { method: 'GET', path: '/', headers: [] },
    },
  },
  evidence: 'booked',
};
const meta: AttackMeta = {
  id: 'E1',
  name: 'refuses-morse',
  title: 'Morse',
  control: 'edge',
  critical: true,
  needs: [],
  technique: 't',
  secure: 's',
  remediation: 'r',
  sources: ['x'],
};
const storm = { do: 'storm', member: 'edge', atMs: 6000, forMs: 2000 };
const stormy = { ...plan, phases: plan.phases.map((one) => (one.id === 'spike' ? { ...one, actions: [storm] } : one)) };

const make = (own: Form, known: Kinds = kinds): Schedule =>
  schedule({
    plan: stormy,
    stack,
    policy,
    trace,
    attacks: [{ meta, attack: { attempts: () => [own] } }],
    seed: 'kinds',
    only: null,
    kinds: known,
    configured,
    endpoints,
  });

type Operation = Schedule['main']['operations'][number];
const stormsOf = ({ main }: Pick<Schedule, 'main'>) =>
  main.operations.filter(({ kind }) => kind === 'storm') as [Operation, ...Operation[]];

/** What a run of the schedule leaves where everything was refused; while the storm is on nothing answers. */
const recorded = ({ routes, attacks, main }: Schedule, more: readonly HistoryRecord[]): HistoryRecord[] => {
  const [scheduled] = attacks;
  const hops = hopsOf(stack);
  const run = runOf(
    [
      attackOf({
        ...meta,
        required: scheduled!.required,
        bound: 0.02,
        forms: scheduled!.forms.map((one) => formRecord(one, kinds)),
      }),
    ],
    { plan: stormy, routes },
  );
  const [{ startMs, endMs }] = stormsOf({ main });
  const cut = (atMs: number) => (atMs >= startMs && atMs < endMs ? { status: null, error: 'ECONNREFUSED' } : {});
  const last = main.phases.at(-1)!.endMs;
  return [
    { ...run, stack: { ...run.stack, hops } },
    ...main.phases.map(({ id, startMs: from, endMs: to }) => phase(id, from, to)),
    ...main.arrivals.map(([atMs, , route], seq) => legit(seq, atMs, { route, ...cut(atMs) })),
    ...main.twins.flatMap(({ atMs, forms }, stream) =>
      atMs.map((at, i) =>
        twin(stream * 10_000 + i, at, { forms: forms.map(([, number]) => [meta.id, number] as const), ...cut(at) }),
      ),
    ),
    ...main.attempts.map(([atMs], seq) => attempt(seq, atMs, { attack: meta.id, ...cut(atMs) })),
    ...main.operations.map(({ kind, startMs: from, endMs: to, op }) => operation(kind, [from, to], op)),
    ...more,
    end(),
  ].map((record) => (record.type === 'end' ? { ...record, atMs: last } : record));
};

const judged = (records: readonly HistoryRecord[]): Report =>
  buildReport(decodeHistory(Buffer.concat([...encodeHistory(records)]), 'kinds'), kinds);

t.test('they are found, beside those of the repository', async (t) => {
  t.ok(kinds.senders.has('telegraph') && kinds.senders.has('http1'));
  t.ok(kinds.actions.has('storm') && kinds.actions.has('reload'));
  t.ok(kinds.observers.has('ledger') && kinds.observers.has('witness'));
  t.ok(kinds.checks.has('ledger') && kinds.checks.has('tap'));
  t.ok(kinds.evidence.has('booked') && kinds.evidence.has('witness'));
});

t.test('they are scheduled, each held to the form that its kind gives', async (t) => {
  const made = make(form);
  const [one, ...more] = stormsOf(made);
  t.match(one, { kind: 'storm', op: { member: 'edge' } });
  t.same(more, []);
  t.equal(one!.endMs - one!.startMs, 2000);
  t.equal(serialise(scheduleSchema.parse(JSON.parse(serialise(made)))), serialise(made), 'and read again, to the byte');
  t.throws(() => make({ ...form, send: { ...form.send, own: { dots: 'many' } } }), {
    code: 'bad-input',
    message: /own\.dots/,
  });
  const own = await discoverKinds();
  t.throws(() => make(form, own), { code: 'bad-input' }, 'without them it is refused');
});

t.test('they are judged: what was seen decides, and what disturbs excuses no admission', async (t) => {
  const made = make(form);
  const [{ startMs }] = stormsOf(made);
  const during = made.main.attempts.findIndex(([atMs]) => atMs > startMs + 200);
  const sound = judged(recorded(made, []));
  t.match(sound.attacks[0], { verdict: 'pass', admitted: 0 });
  t.ok(sound.attacks[0]!.indeterminate > 0, 'what was cut off is not counted as refused');
  t.match(
    sound.attacks[0]!.indeterminateReasons.map(({ reason }) => reason.code),
    ['disturbed'],
  );
  t.match(sound.timeline.operations, [{ kind: 'storm' }]);
  const broken = judged(recorded(made, [seen('ledger', during, made.main.attempts[during]![0], { entry: 'in' })]));
  t.match(broken.attacks[0], { verdict: 'fail', admitted: 1 }, 'an admission in the midst of the storm');
  t.equal(broken.verdict, 'BROKEN');
  t.throws(() => judged(recorded(made, [seen('ledger', 0, 10, { entry: 'both' })])), {
    code: 'bad-run',
    message: /ledger/,
  });
});

t.test('a loss decides what its observer says', async (t) => {
  const made = make(form);
  const lost = (code: string): Report => {
    const loss: LossRecord = { type: 'loss', observer: 'ledger', code, count: 2, data: {} };
    return judged(recorded(made, [loss]));
  };
  const says = (report: Report) => JSON.stringify([report.verdict, report.reasons]);
  t.match(says(lost('torn')), /evidence-lost/);
  t.notMatch(says(lost('smudged')), /evidence-lost/);
  t.match(says(lost('unheard-of')), /evidence-lost/, 'and one of which it says nothing might have hidden anything');
});

t.test('a version without them judges nothing of it, and says so', async (t) => {
  const made = make(form);
  const booked = seen('ledger', 0, made.main.attempts[0]![0], { entry: 'in' });
  const report = buildReport(recorded(made, [booked]), await discoverKinds());
  t.equal(report.verdict, 'UNKNOWN');
  for (const data of [
    { of: 'action', kind: 'storm', records: 1 },
    { of: 'observer', kind: 'ledger', records: 1 },
  ])
    t.ok(
      report.reasons.some((one) => one.code === 'unknown-kind' && JSON.stringify(one.data) === JSON.stringify(data)),
    );
});

t.test('an attack that a check judges is one file: it sends nothing, and its record names the check', async (t) => {
  const yaml = `id: X1\nname: books-nothing-out\ntitle: Ledger\ncontrol: mtls\nclause: encryption\ncritical: true\ncheck: ledger
technique: t\nsecure: s\nremediation: r\nsources: [RFC 1]\n`;
  const scenarios = t.testdir({ scenarios: { attacks: { 'X1-books-nothing-out': { 'attack.yaml': yaml } } } });
  await t.rejects(discoverAttacks(scenarios), { code: 'bad-input', message: /a check .* found "ledger"/ });
  const [found] = [...(await discoverAttacks(scenarios, checkIds(root))).values()];
  const declared = { ...found!, definition: 'd', advice: [] };
  const asked = { ...plan, attacks: ['X1'] };
  const given = { stack, policy, trace, seed: 'kinds', only: null, kinds, configured, endpoints };
  const made = schedule({ ...given, plan: asked, attacks: [declared] });
  t.match(made.attacks, [{ id: 'X1', forms: [] }]);
  t.same(made.main.attempts, []);
  const records = attackRecords(
    { required: [declared], selected: [declared], plan: asked, policy, stack },
    made,
    kinds,
  );
  t.match(records, [{ id: 'X1', check: 'ledger', run: true, forms: [] }]);
  const verdictOf = (ending: 'broke' | 'held', attack = records[0]!): string | undefined =>
    judged([
      runOf([{ ...attack, required: 1 }], { routes: made.routes }),
      ...made.main.phases.map(({ id, startMs, endMs }) => phase(id, startMs, endMs)),
      ...kinds.checks.get('ledger')!.example(ending, 'rest', []),
      end(),
    ]).attacks[0]?.verdict;
  t.equal(verdictOf('held'), 'pass');
  t.equal(verdictOf('broke'), 'fail');
  t.equal(verdictOf('held', { ...records[0]!, check: 'no-such' }), 'unknown');
});
