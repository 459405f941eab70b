import { join } from 'node:path';
import t from 'tap';
import { discoverAttacks, projectRoot } from '../../harness/declare/discover/index.ts';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { hopsOf, readStack } from '../../harness/declare/stack/index.ts';
import { decodeHistory, encodeHistory } from '../../harness/record/history/index.ts';
import type { HistoryRecord, Report } from '../../harness/model/index.ts';
import { told } from '../support/check.ts';
import { buildReport, kinds } from '../support/check.ts';
import { exampleOf, examplesOf } from '../support/example.ts';
import { endpoints } from '../support/products.ts';

/**
 * A check that cannot fail is not a check: for every attack and every kind of evidence that it has, the history in which it got in once
 * must fail, and the one in which it was refused must pass. Both are derived from what the attack sends.
 */
const stack = readStack(join(projectRoot, 'fixtures/stacks/envoy-envoy'));
const hops = hopsOf(stack);
const context = { stack, policy: readPolicy(stack.policy), hops, endpoints };

/** Through the file format, so that an example is a history that a run could have written. */
const judge = (records: readonly HistoryRecord[]): Report =>
  buildReport(decodeHistory(Buffer.concat([...encodeHistory(records)]), 'example'));

const attacks = await discoverAttacks();
t.ok(attacks.size > 0, 'attacks were discovered');
for (const [id, { meta, attack }] of attacks) {
  t.test(id, async (t) => {
    const forms = attack.attempts(context);
    for (const ending of ['broke', 'held'] as const) {
      const examples = examplesOf(meta, forms, ending, { ...context, kinds });
      t.ok(examples.size > 0, 'it has evidence');
      for (const [evidence, records] of examples) {
        const report = judge(records);
        const found = report.attacks[0]!;
        const why = found.reason === null ? '' : told(found.reason);
        t.equal(found.verdict, ending === 'broke' ? 'fail' : 'pass', `${evidence}, ${ending}: ${why}`);
        t.equal(
          report.incidents.some((incident) => incident.attack === id && incident.evidence.length > 0),
          ending === 'broke',
          'an incident with evidence where it was admitted, and only there',
        );
      }
    }
  });
}

t.test('every kind of evidence has an example that fails and one that passes', async (t) => {
  const used = new Set<string>();
  for (const { attack } of attacks.values())
    for (const form of attack.attempts(context)) if (form.probe !== true) used.add(form.evidence);
  t.same(
    [...kinds.evidence.keys()].filter((id) => !used.has(id)),
    [],
    'and is tried by an attack',
  );
});

t.test('evidence that no kind judges shows nothing, and hides no admission', async (t) => {
  const { meta, attack } = attacks.get('E2')!;
  const [form] = attack.attempts(context);
  const of = (ending: 'broke' | 'held', evidence: string): Report['attacks'][number] =>
    judge(
      exampleOf(meta, form!, undefined, ending, { ...context, kinds }).map((record) =>
        record.type === 'run'
          ? {
              ...record,
              attacks: record.attacks.map((one) => ({
                ...one,
                forms: one.forms.map((each) => ({ ...each, evidence })),
              })),
            }
          : record,
      ),
    ).attacks[0]!;
  t.equal(of('held', 'witness').verdict, 'pass');
  t.match(of('held', 'no-such'), {
    verdict: 'unknown',
    reason: { code: 'check-failed', data: { message: /no-such/ } },
  });
  t.match(of('broke', 'no-such'), { verdict: 'unknown', admitted: 0 });
});
