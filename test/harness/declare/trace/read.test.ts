import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { readTrace } from '../../../../harness/declare/trace/index.ts';
import type { HoldfastError } from '../../../../harness/model/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-trace-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));
const write = (text: string): string => {
  const file = join(folder, 'own.csv');
  writeFileSync(file, text);
  return file;
};

t.test('reads a trace with comments, either line end, with or without a last newline', async (t) => {
  const text = '# one\n# two\nsecond,requests\n0,3\n1,0\n2,5';
  for (const form of [text, `${text}\n`, text.replaceAll('\n', '\r\n')]) {
    t.strictSame(readTrace(write(form)), { id: 'own', source: 'one two', perSecond: [3, 0, 5] });
  }
});

t.test('the recorded launch day: three hours, the peak minute at 09:49', async (t) => {
  const { perSecond, source } = readTrace(
    join(import.meta.dirname, '../../../../fixtures/traces/nasa-http-1995-07-13.csv'),
  );
  t.equal(perSecond.length, 10_800);
  t.match(source, /Internet Traffic Archive/);
  const minutes = Array.from({ length: 180 }, (_, i) => perSecond.slice(i * 60, i * 60 + 60).reduce((a, b) => a + b));
  t.equal(minutes.indexOf(Math.max(...minutes)), 109);
});

const refusals: readonly (readonly [what: string, text: string, line: number, found: RegExp])[] = [
  ['a hole', 'second,requests\n0,1\n2,1\n', 3, /expected second 1, found second 2: a hole/],
  ['no order', 'second,requests\n0,1\n1,1\n1,1\n', 4, /expected second 2, found second 1/],
  ['text', '# c\nsecond,requests\n0,many\n', 3, /"0,many"/],
  ['a negative number', 'second,requests\n0,-1\n', 2, /neither negative, found "0,-1"/],
  ['a fraction', 'second,requests\n0,1.5\n', 2, /whole numbers/],
  ['an empty line in the middle', 'second,requests\n0,1\n\n1,1\n', 3, /found ""/],
  ['no header', '0,1\n1,1\n', 1, /expected the header/],
  ['another column', 'second,requests\n0,1,2\n', 2, /"0,1,2"/],
  ['nothing', '', 1, /end of the file/],
  ['no request at all', 'second,requests\n0,0\n', 3, /at least one second with requests/],
];

for (const [what, text, line, found] of refusals) {
  t.test(`refuses ${what}`, async (t) => {
    const file = write(text);
    const error = t.throws(() => readTrace(file)) as unknown as HoldfastError;
    t.match(error, { code: 'bad-input', place: { file, line }, message: found });
    t.ok(error.hint);
  });
}

t.test('refuses a file that is not there', async (t) => {
  t.throws(() => readTrace(join(folder, 'absent.csv')), { code: 'bad-input', message: /ENOENT/ });
});
