import t from 'tap';
import { condense } from '../../../../harness/cli/self-test/reporter.ts';
import { closingLine, readTotals } from '../../../../harness/cli/self-test/tally.ts';

t.test('reads the totals and closes with the line', async (t) => {
  const of = (line: string): string =>
    closingLine(readTotals(`TAP version 14\n${line}\n# time=1ms`) ?? { passed: -1, failed: -1, skipped: -1 });
  t.equal(of('# { total: 204, pass: 204 }'), '204 passed, 0 failed');
  t.equal(of('# { total: 5, pass: 1, fail: 2, skip: 2 }'), '1 passed, 2 failed, 2 skipped');
  t.equal(of('# { total: 3, pass: 1, todo: 2 }'), '1 passed, 0 failed, 2 skipped', 'todo is not passed');
  t.equal(readTotals('TAP version 14\n1..0 # no tests'), null, 'an ending without totals is none');
});

t.test('a failed file is shown in full, a good one in a line, a skip by name', async (t) => {
  const shown: string[] = [];
  const { line } = condense((one) => shown.push(one));
  const tap = [
    'TAP version 14',
    '# Subtest: a.test.ts',
    '    ok 1 - fine',
    '    ok 2 - later # SKIP not here',
    '    1..2',
    'ok 1 - a.test.ts # time=1ms',
    '',
    '# Subtest: b.test.ts',
    '    not ok 1 - wrong',
    'not ok 2 - b.test.ts # time=1ms',
    '  ---',
    '  exitCode: 1',
    '  ...',
    '',
    '# Subtest: c.test.ts',
    '    ok 1 - fine',
    'ok 3 - c.test.ts # time=1ms',
  ];
  for (const one of tap) line(one);
  t.same(shown, [
    'skipped: later (not here)',
    'ok a.test.ts # time=1ms',
    '# Subtest: b.test.ts',
    '    not ok 1 - wrong',
    'not ok 2 - b.test.ts # time=1ms',
    '  ---',
    '  exitCode: 1',
    '  ...',
    'ok c.test.ts # time=1ms',
  ]);
});
