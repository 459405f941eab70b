import t from 'tap';
import { serialiseReport } from '../../harness/check/index.ts';
import { discoverKinds } from '../../harness/kinds/index.ts';
import { historySchemas } from '../../harness/model/index.ts';
import { broken } from '../../reports/samples/broken.ts';
import { sampleHistory } from '../../reports/samples/history.ts';
import { brokenReport, soundReport } from '../../reports/samples/index.ts';
import { reportOf, sound } from '../../reports/samples/sound.ts';

const kinds = await discoverKinds();

t.test('the records are those that the harness writes', async (t) => {
  for (const record of [...sampleHistory(sound), ...sampleHistory(broken)]) {
    const read = historySchemas[record.type].safeParse(record);
    if (!read.success) t.fail(`${record.type}: ${read.error.message}`);
    const data =
      record.type === 'seen'
        ? kinds.observers.get(record.kind)!.record.safeParse(record.data)
        : record.type === 'op'
          ? kinds.actions.get(record.kind)!.data?.safeParse(record.data)
          : undefined;
    if (data?.success === false) t.fail(`${record.type}: ${data.error.message}`);
  }
  t.pass();
});

t.test('the same sample gives the same bytes, those of its golden file', async (t) => {
  t.equal(serialiseReport(reportOf(sound)), serialiseReport(soundReport));
  t.equal(serialiseReport(reportOf(broken)), serialiseReport(brokenReport));
});

t.test('the sound one holds, with every form tried', async (t) => {
  t.equal(soundReport.verdict, 'HOLDS');
  t.ok(soundReport.attacks.every(({ verdict }) => verdict === 'pass'));
  t.ok(soundReport.attacks.every(({ variants }) => variants.every(({ attempts }) => attempts > 0)));
});

t.test('the broken one has of everything that a format shows', async (t) => {
  t.equal(brokenReport.verdict, 'BROKEN');
  t.strictSame(new Set(brokenReport.attacks.map(({ verdict }) => verdict)), new Set(['pass', 'fail', 'unknown']));
  for (const count of ['admitted', 'served', 'withheld', 'indeterminate'] as const)
    t.ok(
      brokenReport.attacks.some((attack) => attack[count] > 0),
      count,
    );
  t.ok(brokenReport.load.failed > 0);
  t.equal(brokenReport.losses.length, 1);
  t.equal(brokenReport.overlay.length, 1);
  t.match(brokenReport.waivers, [{ inForce: true }, { inForce: false }]);
  t.ok(brokenReport.waivers[0]!.explained > 0);
  t.ok(brokenReport.incidents.some(({ evidence }) => evidence.some(({ decisions }) => decisions.length > 0)));
});
