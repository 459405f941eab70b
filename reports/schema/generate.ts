import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { gateSchema } from '../../harness/declare/gate/schema.ts';
import { planSchema } from '../../harness/declare/plan/schema.ts';
import { appSchema } from '../../harness/declare/app/schema.ts';
import { policySchema } from '../../harness/declare/policy/schema.ts';
import { stackSchema } from '../../harness/declare/stack/schema.ts';
import { bundleSchema } from '../../harness/reproduce/index.ts';
import { matrixSchema } from '../matrix/schema.ts';
import { baselineSchema } from './baseline.ts';
import { comparisonSchema } from './comparison.ts';
import { reportSchema } from './report.ts';
import { trendSchema } from './trend.ts';

const base = 'https://holdfast.dev/schema';

const toSchema = (id: string, title: string, schema: z.ZodType, io: 'input' | 'output'): string => {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    // zod bounds each integer by what a double holds exactly, which says nothing to a reader.
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return `${JSON.stringify({ $schema, $id: `${base}/${id}`, title, ...rest }, null, 2)}\n`;
};

/** Each published schema: file name in this folder → text. For files that people write, and for what Holdfast writes. */
export const schemaFiles = (): ReadonlyMap<string, string> => {
  const published: readonly (readonly [id: string, title: string, schema: z.ZodType, io: 'input' | 'output'])[] = [
    ['report.schema.json', 'Holdfast report, version 2', reportSchema, 'output'],
    ['matrix.schema.json', 'Holdfast matrix, version 1', matrixSchema, 'output'],
    ['bundle.schema.json', 'Holdfast bundle of an incident, version 2', bundleSchema, 'input'],
    ['comparison.schema.json', 'Holdfast comparison, version 2', comparisonSchema, 'output'],
    ['baseline.schema.json', 'Holdfast baseline, version 2', baselineSchema, 'output'],
    ['trend.schema.json', 'Holdfast trend, version 1', trendSchema, 'output'],
    ['gate.schema.json', 'Holdfast gate', gateSchema, 'input'],
    ['plan.schema.json', 'Holdfast plan', planSchema, 'input'],
    ['app.schema.json', 'Holdfast app', appSchema, 'input'],
    ['policy.schema.json', 'Holdfast policy', policySchema, 'input'],
    ['stack.schema.json', 'Holdfast stack', stackSchema, 'input'],
  ];
  return new Map(published.map(([id, title, schema, io]) => [id, toSchema(id, title, schema, io)]));
};

// `node reports/schema/generate.ts` writes them; a test regenerates and compares.
if (import.meta.main) {
  for (const [name, text] of schemaFiles()) await writeFile(new URL(name, import.meta.url), text);
}
