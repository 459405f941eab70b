import t from 'tap';
import { soundMatrix } from '../../../reports/matrix/sample.ts';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';
import { readNights } from '../../../reports/trend/index.ts';

const text = JSON.stringify;

await t.test('runs, matrices and single files are found at a depth of up to two', async (t) => {
  const folder = t.testdir({
    one: { 'report.json': text(soundReport), 'report.html': '', 'manifest.json': '{}', config: { 'x.json': '{}' } },
    'night.json': text({ ...soundReport, run: 'r2' }),
    two: { 'three.json': text({ ...soundReport, run: 'r3' }), 'notes.json': '[1]' },
    matrix: {
      'matrix.json': text({
        rows: soundMatrix.rows.map((row) => ({ ...row, folder: row.stack, asExpected: true })),
      }),
      ...Object.fromEntries(
        soundMatrix.rows.map(({ stack }) => [stack, { 'report.json': text({ ...brokenReport, run: stack, stack }) }]),
      ),
    },
    deep: { er: { still: { 'report.json': text(soundReport) } } },
  });
  const { nights, unreadable } = await readNights(folder);
  t.strictSame(unreadable, []);
  t.strictSame(
    nights.map(({ place }) => place),
    [
      'night.json',
      ...soundMatrix.rows.map(({ stack }) => `matrix/${stack}/report.json`).toSorted(),
      'one/report.json',
      'two/three.json',
    ],
  );
  const one = nights.find(({ place }) => place === 'one/report.json');
  t.match(one, { page: 'one/report.html', asExpected: null });
  t.equal(nights.find(({ place }) => place === 'night.json')?.page, null);
  t.ok(nights.filter(({ place }) => place.startsWith('matrix')).every(({ asExpected }) => asExpected === true));
});

await t.test('the folder may be a run itself', async (t) => {
  const { nights } = await readNights(t.testdir({ 'report.json': text(soundReport) }));
  t.equal(nights.length, 1);
});

await t.test('what cannot be read is listed with the reason', async (t) => {
  const { startedAt: _, ...without } = soundReport;
  const folder = t.testdir({
    a: { 'report.json': '{"schema"' },
    b: { 'report.json': text(without) },
    c: { 'history.ndjson.gz': '' },
    d: { 'report.json': '[]' },
    e: {
      'matrix.json': text({
        rows: [{ stack: 's', folder: null, asExpected: false, error: { message: 'the engine went away' } }],
      }),
    },
    'f.json': text(without),
  });
  const { nights, unreadable } = await readNights(folder);
  t.strictSame(nights, []);
  t.match(unreadable, [
    { place: 'f.json', reason: /startedAt/ },
    { place: 'a/report.json', reason: /not JSON/ },
    { place: 'b/report.json', reason: /startedAt/ },
    { place: 'c', reason: /did not finish/ },
    { place: 'd/report.json', reason: /not a report/ },
    { place: 'e/s', reason: /the engine went away/ },
  ]);
});

await t.test('a night of an older harness is read without what came later', async (t) => {
  const { capacity, load, attacks, ...rest } = soundReport;
  const { saturatedPerSecond: _s, steps: _t, ...older } = capacity!;
  const { latencyBlocks: _b, ...oldLoad } = load;
  const report = {
    ...rest,
    load: oldLoad,
    capacity: older,
    attacks: attacks.map(({ definition: _d, served: _e, withheld: _w, ...attack }) => attack),
  };
  const { nights, unreadable } = await readNights(t.testdir({ 'report.json': text(report) }));
  t.strictSame(unreadable, []);
  t.match(nights, [{ capacity: { perSecond: capacity!.perSecond, saturatedPerSecond: null } }]);
});

await t.test('a folder that is none is an error', async (t) => {
  await t.rejects(readNights(`${t.testdir({})}/none`), { code: 'usage', message: /folder of nights/ });
});
