import { join } from 'node:path';
import t from 'tap';
import type { Test } from 'tap';
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
import { reason, reportSchema, scheduleSchema } from '../../harness/model/index.ts';
import { buildReport, serialiseReport } from '../../harness/check/index.ts';
import { sentence } from '../../reports/text/index.ts';
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

/** Each in a folder of its own: a module is loaded once. */
let folders = 0;
const folderWith = (
  t: Test,
  sort: string,
  files: Readonly<Record<string, string | Readonly<Record<string, string>>>>,
) => {
  const name = `${++folders}`;
  return discoverKinds(join(t.testdir({ [name]: { [sort]: files } }), name));
};
const booked = (more: string): string => `export const evidence = { id: 'torn', live: { witness: false, result: null },
  example: () => ({ attempt: {}, records: [] }), ${more} };`;
const calm = (more: string): string => `
import { z } from '${import.meta.resolve('zod')}';
export const action = { id: 'calm', op: z.object({}), text: () => 'calm', ${more} };`;

t.test('what lacks something that stages ask for is refused where it is found', async (t) => {
  const refused = (sort: string, files: Parameters<typeof folderWith>[2], message: RegExp) =>
    t.rejects(folderWith(t, sort, files), { code: 'bad-input', message, place: { file: /./ } });
  await refused('evidence', { 'torn.ts': booked('') }, /"judge": expected a function/);
  await refused('evidence', { 'torn.ts': booked("judge: () => 0, live: 'no'") }, /"live"/);
  await refused('actions', { calm: { 'op.ts': calm('') } }, /"disturbs": expected a function/);
  await refused('actions', { calm: { 'op.ts': calm('disturbs: () => null, plan: () => 0') } }, /"plan" and "options"/);
  await refused('observers', { deaf: { 'check.ts': "export const check = { id: 'deaf' };" } }, /"tally"/);
  const { actions } = await folderWith(t, 'actions', { calm: { 'op.ts': calm('disturbs: () => null') } });
  t.ok(actions.has('calm'));
});

t.test('what lies beside kinds and is none is refused, and is not passed over', async (t) => {
  const refused = (sort: string, files: Parameters<typeof folderWith>[2], message: RegExp) =>
    t.rejects(folderWith(t, sort, files), { code: 'bad-input', message, place: { file: /./ } });
  await refused('evidence', { 'Torn.ts': booked('judge: () => 0') }, /<id>\.ts.* found "Torn\.ts"/);
  await refused('evidence', { torn: { 'index.ts': '' } }, /<id>\.ts.* found "torn"/);
  await refused('actions', { calm: { 'run.ts': '' } }, /a folder with op\.ts in actions, found "calm"/);
  await refused('observers', { deaf: { 'collect.ts': '' } }, /record\.ts or check\.ts/);
  await refused('senders', { 'notes.txt': '' }, /found "notes\.txt"/);
  const beside = { 'README.md': '', support: { 'x.ts': '' }, 'torn.test.ts': '', '.keep': '' };
  t.equal((await folderWith(t, 'evidence', beside)).evidence.has('torn'), false);
});

t.test('a transport has one sender', async (t) => {
  const recipe = `
import { z } from '${import.meta.resolve('zod')}';
export const sender = { id: 'other', transports: ['plain'], recipe: z.any(), credentials: () => ({ tokens: [], certificates: [] }),
  isRequest: () => true, isEncrypted: () => false, text: () => '' };`;
  await t.rejects(folderWith(t, 'senders', { other: { 'recipe.ts': recipe } }), {
    code: 'bad-input',
    message: /one sender of "plain", found http1 and other/,
  });
});

t.test('a kind that throws, or says what it must not, is named', async (t) => {
  const made = make(form);
  const { disturbs: _disturbs, ...rest } = kinds.actions.get('storm')!;
  const storming = (disturbs: () => unknown): Kinds => ({
    ...kinds,
    actions: new Map([...kinds.actions, ['storm', { ...rest, disturbs } as never]]),
  });
  const history = recorded(made, []);
  const fall = (): never => {
    throw new TypeError('of undefined');
  };
  t.throws(() => buildReport(history, storming(fall)), {
    code: 'bad-input',
    message: /"disturbs" of the action storm .*of undefined/,
  });
  t.throws(
    () =>
      buildReport(
        history,
        storming(() => ({ places: [null] })),
      ),
    { code: 'bad-input', message: /action storm .*places\.0/ },
  );
  t.throws(() => make(form, storming(fall)), { code: 'bad-input', message: /action storm/ });
  const linked = { ...kinds.checks.get('tap')!, links: fall };
  t.throws(() => buildReport(history, { ...kinds, checks: new Map([['tap', linked]]) }), {
    code: 'bad-input',
    message: /"links" of the check tap/,
  });
  const judge = (answer: () => unknown): Kinds => ({
    ...kinds,
    evidence: new Map([...kinds.evidence, ['booked', { ...kinds.evidence.get('booked')!, judge: answer } as never]]),
  });
  t.match(buildReport(history, judge(fall)).attacks[0], {
    verdict: 'unknown',
    indeterminateReasons: [{ reason: { code: 'check-failed', data: { message: /"judge" of the evidence booked/ } } }],
  });
  const unheard = (): unknown => ({ verdict: 'indeterminate', reason: { code: 'page-torn', data: { page: 3 } } });
  t.match(buildReport(history, judge(unheard)).attacks[0], {
    verdict: 'unknown',
    indeterminateReasons: [{ reason: { code: 'check-failed', data: { message: /"kind", found "page-torn"/ } } }],
  });
});

t.test('a reason of a kind’s own is in the report, is read again, and is a sentence', async (t) => {
  const own = reason('kind', { kind: 'booked', code: 'page-torn', data: { page: 3, side: 'left' } });
  const torn = { ...kinds.evidence.get('booked')!, judge: () => ({ verdict: 'indeterminate', reason: own }) as const };
  const report = buildReport(recorded(make(form), []), {
    ...kinds,
    evidence: new Map([...kinds.evidence, ['booked', torn]]),
  });
  t.ok(report.attacks[0]!.indeterminateReasons.some(({ reason: one }) => one.code === 'kind'));
  t.strictSame(reportSchema.parse(JSON.parse(serialiseReport(report))), JSON.parse(serialiseReport(report)));
  t.equal(sentence(own), 'booked: page torn (page 3, side left)');
});

t.test('what a history says of a kill or an edit has the form that its kind gives, or it is refused', async (t) => {
  for (const kind of ['kill', 'edit', 'reload'])
    t.throws(() => judged(recorded(make(form), [operation(kind, [7000, 7100], {})])), {
      code: 'bad-run',
      message: new RegExp(`data of the kind ${kind}, found`),
    });
});
