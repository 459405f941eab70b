import t from 'tap';
import { attemptTally } from '../../../../harness/execute/live/attempts.ts';
import { readRequestId, requestId } from '../../../../harness/execute/identity/index.ts';
import { discoverKinds } from '../../../../harness/kinds/index.ts';
import type { Form } from '../../../../harness/model/index.ts';

const run = 'r20260101-000000-abcdef';
const key = Buffer.from('key');
const firstSeq = 100;
const evidences = ['witness', 'spoof', 'answer', 'response', 'handshake', 'interceptor', 'decision', 'drift'] as const;
const seq = (evidence: (typeof evidences)[number]): number => firstSeq + evidences.indexOf(evidence);

const { evidence } = await discoverKinds();

/** One attack, a form for each kind of evidence, and one attempt of each, a tenth of a second apart. */
const tally = () =>
  attemptTally({
    run,
    segment: { attempts: evidences.map((_, i) => [i * 100, 0, i, 1] as const) },
    attacks: [{ forms: evidences.map((evidence) => ({ evidence }) as Form) }],
    evidence,
    firstSeq,
    seqOf: (identity) => {
      const known = readRequestId(run, key, identity);
      return known?.kind === 'attack' ? known.seq : null;
    },
  });
const result = (seq: number, status: number | null, proved: 0 | 1 = 0): string =>
  `${JSON.stringify(['attack', seq, '1', '2', status, status === null ? 'closed' : null, 'c1', proved])}\n`;
const journal = (id: string, more: Record<string, unknown> = {}): string =>
  `${JSON.stringify({ t: '1', id, m: 'GET', p: '/', x: null, h: {}, ...more })}\n`;
const attack = (seq: number): string => requestId(run, key, 'attack', seq);
const every = 10_000;

t.test('due by the schedule, answered by the agents', async (t) => {
  const folded = tally();
  folded.takeResults(result(seq('witness'), 403) + result(seq('witness'), 403) + result(seq('spoof'), null));
  folded.takeResults('["twin",100,"1","2",200,null,"c1",0]\n["attack",1,"1"\n["attack",99,"1","2",200,null,"c",0]\n');
  t.strictSame(folded.at(250), { due: 3, answered: 2, admitted: 0 });
  t.strictSame(folded.at(every), { due: 8, answered: 2, admitted: 0 });
});

t.test('an admission counts once, where its evidence needs no judgement, and with its outcome', async (t) => {
  const folded = tally();
  folded.takeJournal(journal(attack(seq('witness'))));
  t.equal(folded.at(every).admitted, 0, 'no outcome yet: a Ctrl-C may still cut it off');
  folded.takeResults(result(seq('witness'), 403));
  folded.takeJournal(journal(attack(seq('witness'))));
  t.equal(folded.at(every).admitted, 1, 'whatever the status, and however many services saw it');
  for (const each of evidences) folded.takeResults(result(seq(each), null));
  t.equal(folded.at(every).admitted, 1, 'without an answer');
  folded.takeResults(result(seq('answer'), 403) + result(seq('response'), 200, 1) + result(seq('handshake'), null, 1));
  t.equal(folded.at(every).admitted, 4);
});

t.test('what is judged by comparison is left to the report', async (t) => {
  const folded = tally();
  for (const each of evidences) folded.takeResults(result(seq(each), 200));
  const before = folded.at(every).admitted;
  for (const each of ['interceptor', 'decision', 'drift', 'response', 'handshake'] as const)
    folded.takeJournal(journal(attack(seq(each))));
  t.equal(folded.at(every).admitted, before);
});

t.test('a spoofed value counts where it arrived, not where it was stripped', async (t) => {
  const folded = tally();
  folded.takeResults(result(seq('spoof'), 200));
  folded.takeJournal(journal(attack(seq('spoof')), { h: { 'x-user': 'customer-1' } }));
  t.equal(folded.at(every).admitted, 0);
  folded.takeJournal(journal(attack(seq('spoof')), { h: { 'x-user': `hf-spoof-${seq('spoof')}` } }));
  t.equal(folded.at(every).admitted, 1);
});

t.test('nobody else can make an attempt look admitted', async (t) => {
  const folded = tally();
  folded.takeResults(result(seq('witness'), 403));
  folded.takeJournal(
    [
      journal(attack(seq('witness')).replace(/.$/, (last) => (last === '0' ? '1' : '0'))),
      journal(requestId(run, 'another key', 'attack', seq('witness'))),
      journal(requestId(run, key, 'legit', seq('witness'))),
      journal(attack(firstSeq + 500)),
      `{"id":"${run}.attack.`,
      '\n',
    ].join(''),
  );
  t.equal(folded.at(every).admitted, 0);
});
