import t from 'tap';
import * as stage from '../../../harness/check/index.ts';
import type { AttemptRecord, Decision, FormRecord, HistoryRecord } from '../../../harness/model/index.ts';
import { check, kinds, told } from '../../support/check.ts';
import {
  attackOf,
  attempt,
  edgeLog,
  end,
  formOf,
  legit,
  loss,
  phase,
  runOf,
  traffic,
  withJournals,
  witness,
} from '../../support/history.ts';

/** What says that an attempt was refused is a closed list: each of these passed once, with nobody having refused anything. */
type Ending = Partial<AttemptRecord>;

const around = [legit(0, 800), legit(1, 1200)];
const judged = (form: Partial<FormRecord>, ending: Ending, ...more: readonly HistoryRecord[]): string => {
  const run = runOf([attackOf({ forms: [formOf(form)] })]);
  const [finding] = check([run, phase('rest', 0, 5000), ...around, attempt(9, 1000, ending), ...more, end()]);
  const { verdict, reason } = finding!.judged[0]!;
  return reason === null ? verdict : `${verdict}: ${reason.code}`;
};
const outside = edgeLog('attack', 9, 1001, { status: 0, did: 'deny' });
const nobodys = 'indeterminate: sender-failed';

t.test('an error of the attacker itself is no refusal, whatever the evidence', async (t) => {
  const own = [
    'EMFILE',
    'EHOSTUNREACH',
    'peer-unverified',
    'tls:no-protocols-available',
    'internal: threw',
    'constructor',
  ];
  for (const error of [...own, 'tls-alert', 'tls-alert:', '', null])
    for (const evidence of ['witness', 'spoof', 'answer', 'response', 'handshake', 'decision', 'drift'])
      for (const vantage of ['outside', 'neighbour', 'insider'] as const) {
        const decisions: readonly Decision[] = [{ at: 'edge', enforcer: 'envoy', allow: false, by: ['rules'] }];
        const form = { evidence, vantage, ...(evidence === 'decision' && { decisions: [...decisions] }) };
        t.equal(judged(form, { status: null, error }, outside), nobodys, `${evidence} ${vantage} ${String(error)}`);
      }
});

t.test('a word of the peer is one still', async (t) => {
  const words = [
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'closed',
    'tls-alert:unknown-ca',
    'tls:tlsv1-unrecognized-name',
  ];
  for (const error of [...words, 'not-http'])
    t.equal(judged({ vantage: 'neighbour', evidence: 'answer' }, { status: null, error }), 'refused', error);
  t.equal(
    judged({ vantage: 'neighbour', evidence: 'handshake' }, { status: null, error: 'server-hello:1.0:RC4' }),
    'admitted',
    'a peer that goes on with the handshake, whatever else is said of it',
  );
});

t.test('an answer of success without a journal is no refusal', async (t) => {
  for (const status of [200, 204, 206])
    for (const form of [
      {},
      { vantage: 'insider', target: 'orders' },
      { vantage: 'neighbour', target: 'orders' },
    ] as const)
      t.equal(judged(form, { status }), 'indeterminate: answered-unseen', `${status} ${JSON.stringify(form)}`);
  for (const status of [302, 401, 403, 404, 429]) t.equal(judged({}, { status }), 'refused', `${status}`);
});

t.test('nor is one that the edge says it let pass', async (t) => {
  const passed = edgeLog('attack', 9, 1001, { status: 403, did: 'allow' });
  t.equal(judged({}, { status: 403 }, passed), 'indeterminate: let-pass-unseen');
  t.equal(judged({}, { status: null, error: 'closed' }, passed), 'indeterminate: let-pass-unseen');
  t.equal(judged({}, { status: 403 }, outside), 'refused');
  t.equal(judged({}, { status: 403 }, passed, witness(9, 1002)), 'admitted');
});

t.test('of a comparison the same is asked, where the policy denies it', async (t) => {
  const decisions = [
    { at: 'edge', enforcer: 'envoy', allow: true, by: [] },
    { at: 'storefront', enforcer: 'envoy', allow: false, by: ['calls'] },
  ];
  const form = { evidence: 'decision', decisions };
  const passed = edgeLog('attack', 9, 1001, { status: 403, did: 'allow' });
  t.equal(judged(form, { status: 403 }, passed), 'served', 'the sidecar denies what the edge may let pass');
  t.equal(judged(form, { status: 200 }, passed), 'indeterminate: answered-unseen');
  t.equal(judged({ ...form, decisions: decisions.slice(1) }, { status: 200 }), 'indeterminate: answered-unseen');
});

t.test('where a journal has none of many requests that were answered, its silence says nothing', async (t) => {
  const run = runOf([attackOf()]);
  const attempts = [4000, 5000, 7000].map((atMs, i) => attempt(i, atMs));
  const phases = [phase('rest', 0, 4500), phase('spike', 4500, 9000)];
  const sound = withJournals([run, ...phases, ...traffic(0, 9000, 20), ...attempts, end()]);
  const report = (records: readonly HistoryRecord[]) => stage.buildReport(records, kinds);
  t.match(report(sound), { verdict: 'HOLDS' });
  const isOf = (record: HistoryRecord, service: string): boolean =>
    record.type === 'seen' && record.kind === 'witness' && record.data['service'] === service;
  const deaf = sound.filter((record) => !isOf(record, 'storefront'));
  const silent = { code: 'journal-silent', data: { service: 'storefront', phase: null, answered: 450 } };
  t.match(report(deaf), {
    verdict: 'UNKNOWN',
    reasons: [silent, { code: 'attack' }],
    attacks: [{ verdict: 'unknown', refused: 0, indeterminateReasons: [{ reason: silent, count: 3 }] }],
  });
  t.match(told(report(deaf).reasons)[0], /^the journal of storefront has none of 450 legitimate requests/);
  const later = sound.filter((record) => !isOf(record, 'orders') || ('atMs' in record && record.atMs! < 4500));
  t.match(
    report(later),
    { verdict: 'UNKNOWN', attacks: [{ refused: 1, indeterminate: 2 }] },
    'it went deaf in the spike: only what was sent before counts',
  );
  t.match(report([...deaf.slice(0, -1), witness(0, 4001, { of: 'attack' }), end()]), { verdict: 'BROKEN' });
  const few = sound.filter(({ type }) => type !== 'legit');
  t.notMatch(report([...few.slice(0, 3), ...traffic(0, 9000, 400), ...attempts, end()]).reasons, [
    { code: 'journal-silent' },
  ]);
});

t.test('what a loss costs, its observer says, and nobody else', async (t) => {
  const sound = [run(), phase('rest', 0, 9000), ...traffic(0, 9000, 20), ...attempts(), end()];
  const verdict = (observer: string, code: string, more = kinds): string =>
    stage.buildReport(withJournals([...sound.slice(0, -1), loss(observer, code, 1), end()]), more).verdict;
  for (const code of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
    for (const observer of ['witness', 'tap', 'constructor'])
      t.equal(verdict(observer, code), 'UNKNOWN', `${observer} ${code}`);
  for (const observer of ['load', 'clock', 'other']) t.equal(verdict(observer, 'any'), 'HOLDS', observer);
  const ledger = { ...kinds.observers.get('cleartext')!, id: 'load', losses: { torn: 'all', own: 'own' } } as const;
  const more = { ...kinds, observers: new Map([...kinds.observers, ['load', ledger], ['ledger', ledger]]) };
  t.equal(verdict('load', 'torn', more), 'UNKNOWN', 'an observer of that name is believed before the harness');
  t.equal(verdict('ledger', 'own', more), 'UNKNOWN', 'there is no check of its own that could say it');
});

const run = (): HistoryRecord => runOf([attackOf()]);
const attempts = (): readonly HistoryRecord[] => [4000, 5000, 7000].map((atMs, i) => attempt(i, atMs));
