import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import type { z } from 'zod';
import type { Baseline, Comparison } from '../../../harness/model/index.ts';
import type { Trend } from '../../../harness/trend/index.ts';
import { parseReport, readRunReport } from '../../../reports/index.ts';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';
import { schemaFiles } from '../../../reports/schema/index.ts';
import type { baselineSchema, comparisonSchema, trendSchema } from '../../../reports/schema/index.ts';

type Plain<T> = T extends readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Plain<T[Key]> }
    : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
// The compiler refuses this line where the schema and the model's type differ in any field.
const sameBaseline: Same<Plain<z.infer<typeof baselineSchema>>, Plain<Baseline>> = true;
const sameComparison: Same<Plain<z.infer<typeof comparisonSchema>>, Plain<Comparison>> = true;
const sameTrend: Same<Plain<z.infer<typeof trendSchema>>, Plain<Trend>> = true;

const schemas = schemaFiles();

await t.test('the published schemas are what the code says', async (t) => {
  t.ok(sameBaseline && sameComparison && sameTrend);
  for (const [name, text] of schemas)
    t.ok(
      (await readFile(new URL(`../../../reports/schema/${name}`, import.meta.url), 'utf8')) === text,
      `${name}: run node reports/schema/generate.ts`,
    );
});

await t.test('the samples satisfy the published schema, and a change to them does not', (t) => {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(schemas.get('report.schema.json') ?? ''));
  for (const report of [soundReport, brokenReport]) t.ok(validate(report), ajv.errorsText(validate.errors));
  t.notOk(validate({ ...soundReport, verdict: 'FINE' }));
  t.notOk(validate({ ...soundReport, more: 1 }));
  t.notOk(validate({ ...soundReport, attacks: undefined }));
  t.end();
});

await t.test('every field of what Holdfast writes is described', (t) => {
  const undescribed = (schema: Record<string, unknown>, path: string): readonly string[] => [
    ...Object.entries((schema['properties'] ?? {}) as Record<string, Record<string, unknown>>).flatMap(
      ([name, field]) => [
        ...(typeof field['description'] === 'string' ? [] : [`${path}.${name}`]),
        ...undescribed(field, `${path}.${name}`),
      ],
    ),
    ...['items', 'additionalProperties'].flatMap((key) =>
      typeof schema[key] === 'object' ? undescribed(schema[key] as Record<string, unknown>, `${path}[]`) : [],
    ),
  ];
  for (const name of ['report', 'matrix', 'comparison', 'baseline', 'trend'].map((what) => `${what}.schema.json`))
    t.strictSame(undescribed(JSON.parse(schemas.get(name) ?? ''), ''), [], name);
  t.end();
});

await t.test('a report is read back from a folder alone, and a bad one is refused with its place', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const text = JSON.stringify(brokenReport, null, 2);
  await t.rejects(readRunReport(folder), { code: 'bad-run' });
  await writeFile(join(folder, 'report.json'), text);
  t.strictSame(await readRunReport(folder), brokenReport);
  t.throws(() => parseReport(text.slice(0, 2000), 'report.json'), { code: 'bad-run', place: { file: 'report.json' } });
  t.throws(() => parseReport(text.replace('"BROKEN"', '"FINE"'), 'report.json'), {
    code: 'bad-run',
    message: /verdict/,
  });
  t.throws(() => parseReport('null', 'report.json'), { code: 'bad-run' });
});
