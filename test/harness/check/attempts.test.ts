import t from 'tap';
import type { Finding as Found } from '../../../harness/check/index.ts';
import type { InterceptorData } from '../../../harness/kinds/observers/interceptor/record.ts';
import type { AttackRecord, HistoryRecord, Hop, OpRecord, SeenRecord } from '../../../harness/model/index.ts';
import {
  attackOf,
  attempt,
  cleartext,
  edgeLog,
  end,
  formOf,
  hops,
  intercepted,
  legit,
  phase,
  runOf,
  tap,
  traffic,
  twin,
  window,
  witness,
} from '../../support/history.ts';
import { checkTold as check } from '../../support/check.ts';
import type { Told } from '../../support/check.ts';

type Finding = Told<Found>;

const judge = (attack: AttackRecord, ...events: HistoryRecord[]): Finding => {
  const [finding] = check([runOf([attack]), phase('rest', 0, 5000), phase('spike', 5000, 10_000), ...events, end()]);
  if (finding === undefined) throw new Error('no finding');
  return finding;
};
const verdicts = ({ judged }: Finding): string[] =>
  judged.map(({ verdict, reason }) => (reason === null ? verdict : `${verdict}: ${reason}`));

const around = [legit(0, 800), legit(1, 1200)];
const silent = attempt(9, 1000, { status: null, error: 'closed' });
const edge = (seq: number, atMs: number): SeenRecord => edgeLog('attack', seq, atMs, { status: 0 });

t.test('the witness decides, never the status', async (t) => {
  t.same(verdicts(judge(attackOf(), ...around, attempt(9, 1000, { status: 403 }), witness(9, 1001))), ['admitted']);
  t.same(verdicts(judge(attackOf(), ...around, attempt(9, 1000, { status: 302 }))), ['refused']);
  t.same(verdicts(judge(attackOf(), ...around, silent, edge(9, 1001))), ['refused']);
  t.same(verdicts(judge(attackOf(), ...around, attempt(9, 1000), witness(9, 1001, { of: 'legit' }))), ['refused']);
});

t.test('a refusal counts only while the twin succeeds', async (t) => {
  const one = attempt(9, 1000);
  t.same(verdicts(judge(attackOf(), one)), ['indeterminate: no twin within 1000 ms before it']);
  t.same(verdicts(judge(attackOf(), legit(0, 800), legit(1, 2001), one)), [
    'indeterminate: no twin within 1000 ms after it',
  ]);
  t.same(verdicts(judge(attackOf(), legit(0, 800), legit(1, 1200, { status: 503 }), one)), [
    'indeterminate: its twin failed too',
  ]);
  t.same(verdicts(judge(attackOf(), ...around.map((r) => ({ ...r, route: 1 })), one)), [
    'indeterminate: no twin within 1000 ms before it',
  ]);
  const dropped = legit(2, 1100, { sentMs: null, endMs: null, status: null, error: 'dropped' });
  t.same(verdicts(judge(attackOf(), ...around, dropped, one)), ['refused'], 'a dropped arrival says nothing');
  const asked = attackOf({ forms: [formOf({ route: null })] });
  t.same(verdicts(judge(asked, ...around, one)), ['indeterminate: no twin within 1000 ms before it']);
  t.same(verdicts(judge(asked, twin(0, 900), twin(1, 1000), one)), ['refused']);
  t.same(verdicts(judge(asked, twin(0, 900), twin(1, 1050, { status: null, error: 'ECONNREFUSED' }), one)), [
    'indeterminate: its twin failed too',
  ]);
});

t.test('where nobody saw it and nobody turned it away, nothing was shown', async (t) => {
  const ending = (form: Parameters<typeof formOf>[0], more: Parameters<typeof attempt>[2]): string[] =>
    verdicts(judge(attackOf({ forms: [formOf(form)] }), ...around, attempt(9, 1000, more)));
  t.match(verdicts(judge(attackOf(), ...around, silent)), [/^indeterminate: .* may never have arrived/]);
  for (const status of [502, 503, 504]) t.match(ending({}, { status }), [/^indeterminate: it was answered 50/]);
  t.match(ending({ vantage: 'insider' }, { status: 503 }), [/^indeterminate: it was answered 503/]);
  const late = { status: null, error: 'timeout' };
  t.match(verdicts(judge(attackOf(), ...around, attempt(9, 1000, late), edge(9, 1001))), [
    /^indeterminate: .*timed out/,
  ]);
  t.match(ending({ vantage: 'insider' }, late), [/^indeterminate: it timed out/]);
  t.match(ending({ vantage: 'neighbour', evidence: 'answer' }, late), [/^indeterminate: it timed out/]);
  t.same(ending({ vantage: 'neighbour' }, late), ['refused'], 'a port that drops what comes is no port');
  t.same(ending({ vantage: 'outside', evidence: 'response' }, late), ['refused']);
  t.match(ending({}, { sentMs: 2500, endMs: 2503 }), [/^indeterminate: it was sent more than 1000 ms late/]);
});

t.test('evidence spoof: the value must be seen to be stripped', async (t) => {
  const attack = attackOf({ forms: [formOf({ evidence: 'spoof' })] });
  const one = attempt(9, 1000, { status: 200 });
  t.same(verdicts(judge(attack, ...around, one, witness(9, 1001, { spoofed: ['x-user: m'] }))), ['admitted']);
  t.same(verdicts(judge(attack, ...around, one, witness(9, 1001))), ['refused']);
  t.match(verdicts(judge(attack, ...around, one)), [/^indeterminate: it neither reached/]);
  t.match(verdicts(judge(attack, ...around, attempt(9, 1000, { status: null, error: 'timed out' }))), [
    /^indeterminate/,
  ]);
  t.same(verdicts(judge(attack, ...around, attempt(9, 1000, { status: 403 }))), ['refused']);
});

t.test('evidence response and answer', async (t) => {
  const response = attackOf({ forms: [formOf({ evidence: 'response' })] });
  t.same(verdicts(judge(response, ...around, attempt(9, 1000, { status: 200, proved: true }))), ['admitted']);
  t.same(verdicts(judge(response, ...around, attempt(9, 1000, { status: 200 }))), ['refused']);
  const answer = attackOf({ forms: [formOf({ evidence: 'answer' })] });
  t.same(verdicts(judge(answer, ...around, attempt(9, 1000, { status: 403 }))), ['admitted']);
  t.same(verdicts(judge(answer, ...around, attempt(9, 1000, { status: null, error: 'ECONNRESET' }))), ['refused']);
});

t.test('evidence interceptor', async (t) => {
  const attack = attackOf({
    forms: [formOf({ evidence: 'interceptor', target: 'storefront→orders', vantage: 'on-path' })],
  });
  const taken = (more: { readonly hop?: Hop; readonly error?: string } = {}): OpRecord =>
    window(3, [2000, 3500], { attack: 'E3', hop: more.hop ?? hops[1]! }, more.error ?? null);
  const note = (
    event: InterceptorData['event'],
    { atMs = 2500, ...more }: Parameters<typeof intercepted>[3] & { readonly atMs?: number } = {},
  ): SeenRecord => intercepted(3, atMs, event, more);
  const around = [...traffic(0, 1800, 200), ...traffic(3800, 6000, 200, { firstSeq: 50 })];
  const atCaller = witness(9, 2502, { service: 'storefront' });
  const base = [...around, atCaller, note('refused'), taken(), note('connection')];
  const one = attempt(9, 2500, { status: 503 });
  t.same(verdicts(judge(attack, ...base, one)), ['refused']);
  t.match(verdicts(judge(attack, ...around, taken(), note('refused'), one)), [
    /^indeterminate: it never reached storefront/,
  ]);
  t.match(
    verdicts(judge(attack, ...around, taken(), note('connection'), atCaller, one)),
    [/^indeterminate: the interceptor saw no handshake to which the caller reacted/],
    'an interceptor that hangs proves nothing',
  );
  t.same(verdicts(judge(attack, ...around, taken(), note('altered'), atCaller, one)), ['refused']);
  const accepted = note('closed', { handshake: 'accepted', heard: true });
  t.match(verdicts(judge(attack, ...base, accepted, one)), [/^indeterminate: the caller trusted the interceptor/]);
  t.same(
    verdicts(judge(attack, ...base, accepted, one, note('clear', { of: 'attack', seq: 9 }))),
    ['admitted'],
    'an admission is one all the same',
  );
  const silent = { handshake: 'accepted', heard: false } as const;
  const left = [...around, atCaller, taken(), note('connection'), note('closed', silent)];
  t.same(
    verdicts(judge(attack, ...left, one)),
    ['refused'],
    'it looked at the certificate after the handshake, and left',
  );
  t.match(
    verdicts(judge(attack, ...around, atCaller, taken(), note('closed', { ...silent, atMs: 1e6 }), one)),
    [/^indeterminate: the interceptor saw no handshake to which the caller reacted/],
    'it left because the hop was given back',
  );
  t.match(verdicts(judge(attack, ...left, accepted, one)), [/^indeterminate: the caller trusted the interceptor/]);
  const entry = taken({ hop: hops[0]! });
  const atEntry = (...more: HistoryRecord[]): string[] =>
    verdicts(judge(attack, ...around, entry, note('refused'), ...more));
  t.same(atEntry(one), ['refused']);
  const several = [0, 1, 2, 3].map((i) => attempt(i, 2500 + 10 * i, { status: 503, connection: `c${i}` }));
  const connections = (n: number): HistoryRecord[] => Array.from({ length: n }, () => note('connection'));
  for (const [seen, clusters] of [
    [1, 1],
    [2, 2],
    [9, 4],
  ] as const) {
    const found = judge(attack, ...around, entry, note('refused'), ...connections(seen), ...several).attack;
    t.match(found, { refused: 4, clusters }, `no more clusters than the ${seen} connections over the hop`);
  }
  t.match(atEntry(attempt(9, 2500, { status: 401 })), [/^indeterminate: it never reached edge/]);
  t.match(atEntry(attempt(9, 2500, { status: null, error: 'closed' })), [/^indeterminate: it never reached/]);
  t.same(atEntry(attempt(9, 2500, { status: null, error: 'closed' }), edge(9, 2501)), ['refused']);
  t.same(verdicts(judge(attack, ...base, one, note('clear', { of: 'attack', seq: 9 }))), ['admitted']);
  t.same(
    verdicts(judge(attack, ...base, one, witness(9, 2502, { service: 'payments' }))),
    ['admitted'],
    'beyond the callee',
  );
  t.match(verdicts(judge(attack, ...base, one, witness(9, 3600))), [/^indeterminate: it waited/]);
  t.match(verdicts(judge(attack, ...base, attempt(9, 2500, { status: 200 }))), [/^indeterminate: it was answered/]);
  t.match(verdicts(judge(attack, ...base, attempt(9, 2030))), [/^indeterminate: sent before/]);
  t.match(verdicts(judge(attack, ...base.slice(0, -2), taken({ error: 'no address' }), note('connection'), one)), [
    /not intercepted: no address/,
  ]);
  t.match(verdicts(judge(attack, ...around, taken(), one, witness(9, 2502))), [/interceptor saw no connection/]);
  t.match(verdicts(judge(attack, ...traffic(0, 1800, 200), atCaller, taken(), note('refused'), one)), [
    /no twin within 3000 ms after the interception window/,
  ]);
  const traffics = judge(
    attack,
    ...base,
    one,
    note('clear', { of: 'legit', seq: 4 }),
    note('clear', { of: 'legit', seq: 4 }),
  );
  t.same(verdicts(traffics), ['refused', 'admitted'], 'replayed traffic that was read, once');
  t.match(traffics.incidents, [{ hop: 'storefront→orders', evidence: [{ seq: 4, attacker: /replayed traffic/ }] }]);
  t.same(
    verdicts(judge(attackOf(), taken(), note('connection'), legit(0, 2400), legit(1, 2600), attempt(9, 2500))),
    ['indeterminate: no twin within 1000 ms before it'],
    "what a window may have touched is nobody's twin",
  );
});

t.test('the tap', async (t) => {
  const attack = attackOf({ id: 'M17', control: 'mtls', vantage: 'tap', forms: [] });
  const link = (name: string, packets = {}, dropped = 0): HistoryRecord[] =>
    ['rest', 'spike'].map((id) => tap(name, id, { 'tls-data': 40, planted: 1, ...packets }, dropped));
  const [first, second, last] = hops.map(({ from, to }) => `${from}→${to}`) as [string, string, string];
  const others = [...link(second), ...link(last)];
  const result = (...records: HistoryRecord[]) => judge(attack, ...records).attack;
  t.match(result(...link(first), ...others), { verdict: 'pass', attempts: 240, refused: 240, clusters: 24 });
  t.match(result(...link(first, { cleartext: 1 }), ...others), { verdict: 'fail', admitted: 2 });
  t.match(result(...link(first, { unclassified: 1 }), ...others), { verdict: 'unknown', indeterminate: 2 });
  t.match(result(...link(first, {}, 7), ...others), { verdict: 'unknown', reason: /edge→storefront lost 7/ });
  t.match(result(...others), { verdict: 'unknown', reason: /link edge→storefront was not captured$/ });
  t.match(result(...link(first).slice(0, 1), ...others), {
    verdict: 'unknown',
    reason: /edge→storefront was not captured in phase spike/,
  });
  t.match(result(...link(first, { planted: 0 }), ...others), {
    verdict: 'unknown',
    reason: /did not see the cleartext planted on link edge→storefront in phase rest/,
  });
  const deafLater = [tap(first, 'rest', { planted: 1 }), tap(first, 'spike', { 'tls-data': 40 })];
  t.match(result(...deafLater, ...others), {
    verdict: 'unknown',
    reason: /did not see the cleartext planted on link edge→storefront in phase spike/,
  });
  t.match(result(), { verdict: 'unknown', reason: /no link was captured/ });
  const leak = cleartext(6000, { link: 'a', source: 'x', destination: 'y', excerpt: '\u001b[2J\u202eGET' });
  const found = judge(attack, ...link('a', { cleartext: 1 }), leak);
  t.match(found.incidents, [
    { id: 'M17-cleartext-a', phases: ['spike'], evidence: [{ attacker: /\\x1b\[2J\\u\{202e\}GET/ }] },
  ]);
});

t.test('a phase or a form of which nothing is determinate is not covered by the others', async (t) => {
  const attack = attackOf({ forms: [formOf(), formOf({ variant: 'wrong-issuer', route: 'catalogue' })] });
  const at = (times: readonly number[], firstSeq: number, form = 0): HistoryRecord[] =>
    times.map((atMs, i) => attempt(firstSeq + i, atMs, { form }));
  const early = [1000, 1100, 1200, 1300, 1400];
  const late = early.map((atMs) => atMs + 7000);
  const replayed = traffic(0, 3000, 200);
  t.match(judge(attack, ...replayed, ...at(early, 0), ...at(late, 10)).attack, {
    verdict: 'unknown',
    reason: 'none of 5 attempts in phase spike gave a determinate result',
  });
  t.match(judge(attack, ...replayed, ...at(early, 0), ...at(early, 10, 1)).attack, {
    verdict: 'unknown',
    reason: 'none of 5 attempts of wrong-issuer at edge gave a determinate result',
  });
  const other = at([2500], 20, 1);
  t.match(judge(attack, ...replayed, ...at(early, 0), ...at(late.slice(1), 10), ...other).attack, { verdict: 'pass' });
  t.match(judge(attack, ...replayed, ...at(early, 0), ...at(late.slice(1), 10)).attack, {
    verdict: 'unknown',
    reason: '1 of 2 forms were not tried: wrong-issuer at edge',
  });
  t.match(judge(attack, ...replayed, ...at(early, 0), ...other).attack, {
    verdict: 'unknown',
    reason: 'nothing was tried in phase spike',
  });
});

t.test('an attack passes, fails or stays unknown', async (t) => {
  const three = [1000, 1400, 5400].map((atMs, i) => attempt(i, atMs, { connection: `c${i >> 1}` }));
  const replayed = traffic(0, 6000, 200);
  t.match(judge(attackOf(), ...replayed, ...three).attack, {
    verdict: 'pass',
    reason: null,
    attempts: 3,
    clusters: 2,
    phases: { rest: { refused: 2, clusters: 1 }, spike: { refused: 1 } },
    variants: [{ variant: 'expired', target: 'edge', refused: 3 }],
  });
  t.match(judge(attackOf({ required: 4 }), ...replayed, ...three).attack, {
    verdict: 'unknown',
    reason: /^3 determinate attempts; .* needs 4$/,
  });
  t.match(judge(attackOf({ run: false }), ...replayed).attack, { verdict: 'unknown', reason: 'it was not run' });
  t.match(judge(attackOf({ required: 0 }), ...replayed).attack, { verdict: 'unknown' }, 'silence is no pass');
  const broken = judge(attackOf({ required: 400 }), ...replayed, ...three, witness(1, 1401));
  t.match(broken.attack, { verdict: 'fail', reason: '1 of 3 attempts admitted' });
  t.match(broken.incidents, [
    {
      id: 'E3-expired-edge',
      hop: 'outside→edge',
      admitted: 1,
      of: 3,
      phases: ['rest'],
      firstMs: 1400,
      evidence: [
        {
          attacker: 'got 401 after 3 ms',
          witness: ['orders saw POST /checkout/u1 from spiffe://shop.holdfast.test/storefront at 1.401 s'],
        },
      ],
    },
  ]);
  t.throws(() => judge(attackOf(), attempt(0, 0, { attack: 'Z9' })), { code: 'bad-run', message: /Z9 form 0/ });
});
