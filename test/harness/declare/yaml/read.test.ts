import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { z } from 'zod';
import { readYaml } from '../../../../harness/declare/yaml/index.ts';
import { HoldfastError } from '../../../../harness/model/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-yaml-'));
t.teardown(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'a.yaml');

const schema = z.strictObject({
  id: z.string().min(1),
  rate: z.number().nonnegative(),
  who: z.union([z.literal('authenticated'), z.array(z.string()).min(1)]),
  limits: z.array(z.strictObject({ perSecond: z.number().positive(), per: z.enum(['edge', 'subject']) })),
  load: z
    .union([
      z.strictObject({ fixedPerSecond: z.number() }),
      z.strictObject({ fromPerSecond: z.number(), toPerSecond: z.number() }),
    ])
    .optional(),
});

const good = ['id: a', 'rate: 1', 'who: authenticated', 'limits:', '  - perSecond: 5', '    per: edge'];

const complaint = (lines: readonly string[]): HoldfastError => {
  writeFileSync(file, lines.join('\n'));
  try {
    readYaml(file, schema);
  } catch (error) {
    if (error instanceof HoldfastError) return error;
    throw error;
  }
  throw new Error('expected a complaint, found none');
};

t.test('reads what is right', async (t) => {
  writeFileSync(file, good.join('\n'));
  t.equal(readYaml(file, schema).limits[0]?.perSecond, 5);
});

t.test('every complaint has its place, what was expected, what was found, and a hint', async (t) => {
  const cases: [string, readonly string[], number, number, RegExp, RegExp][] = [
    ['unknown key', [...good, 'rates: 2'], 7, 1, /known keys, found "rates"/, /"rate"/],
    ['unknown nested key', [...good, '    perSecnd: 2'], 7, 5, /limits\.0, found "perSecnd"/, /perSecond/],
    ['wrong type', ['id: 3', ...good.slice(1)], 1, 5, /text for id, found 3/, /text/],
    ['missing key', good.slice(1), 1, 1, /expected id: text, found nothing/, /add id/],
    ['negative rate', [good[0]!, 'rate: -1', ...good.slice(2)], 2, 7, /at least 0.*found -1/, /rate/],
    ['not a number', [good[0]!, 'rate: .nan', ...good.slice(2)], 2, 7, /number.*found/, /rate/],
    ['enumeration', [...good.slice(0, 5), '    per: all'], 6, 10, /one of "edge", "subject".*found "all"/, /limits/],
    [
      'union by type',
      [...good.slice(0, 2), 'who: 4', ...good.slice(3)],
      3,
      6,
      /"authenticated", or a list.*found 4/,
      /who/,
    ],
    [
      'union by shape',
      [...good, 'load: {fromPerSecond: 1, toPersecond: 2}'],
      7,
      26,
      /found "toPersecond"/,
      /toPerSecond/,
    ],
    ['duplicate key', [...good, 'rate: 2'], 7, 1, /same key again/, /remove/],
    ['syntax', [...good, 'x: [1'], 7, 6, /valid YAML/, /syntax/],
  ];
  for (const [name, lines, line, column, message, hint] of cases) {
    const error = complaint(lines);
    t.equal(error.code, 'bad-input', name);
    t.match(error.message, message, name);
    t.match(error.hint, hint, name);
    t.strictSame(error.place, { file, line, column }, name);
  }
});

t.test('a file that is not there, and an empty one', async (t) => {
  t.throws(() => readYaml(join(folder, 'none.yaml'), schema), { code: 'bad-input', message: /none of this name/ });
  t.match(complaint(['']).message, /expected a mapping, found nothing/);
});
