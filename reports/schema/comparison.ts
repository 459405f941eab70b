import { z } from 'zod';
import { lineGroups } from '../../harness/model/index.ts';
import { whole } from './parts.ts';
import { postureSchema } from './posture.ts';

const chance = z.number().min(0).max(1);

const measured = z.strictObject({
  value: z.union([z.number(), z.string()]).describe("A word, or a number in the line's unit."),
  of: z.number().exactOptional().describe('Where it is a count: of so many.'),
});

const line = z
  .strictObject({
    id: z.string().describe('Stable, and what a gate names by glob, e.g. `latency spike p99`.'),
    group: z.enum(lineGroups).describe('Which part of the posture it is about.'),
    title: z.string().describe('What it is about, in a few words.'),
    critical: z.boolean().describe('It breaks the claim of a control outright.'),
    unit: z.enum(['word', 'attempts', 'share', 'ms', '1/s', 'points', 'requests']).describe('Unit of both values.'),
    before: measured.nullable().describe('Null where that side does not have it.'),
    after: measured.nullable().describe('Null where that side does not have it.'),
    test: z
      .enum(['fact', 'fisher-exact', 'between-runs', 'none'])
      .describe(
        'What it is judged by. fact: what was seen needs no statistics. fisher-exact: for counts. between-runs: by how much runs of the same differ.',
      ),
    ratio: z
      .strictObject({
        value: z.number().describe('After ÷ before.'),
        low: z.number().describe('Low end of its interval.'),
        high: z.number().describe('High end of its interval.'),
        confidence: chance.describe('Confidence of the interval.'),
      })
      .nullable()
      .describe('How much it changed; null where the line has no ratio.'),
    p: chance.nullable().describe('Of the test, two-sided; null where there was none.'),
    pAdjusted: chance.nullable().describe("After Holm's correction over all lines of this comparison that were tested."),
    judgement: z
      .enum(['regression', 'improvement', 'unchanged', 'noise', 'not comparable'])
      .describe('noise: chance explains it, or it is too small to matter. not comparable: `why` says what is in the way.'),
    why: z.string().describe('Why it is judged so.'),
    gate: z.enum(['fail', 'warn']).describe('What the gate says of a regression of this line.'),
  })
  .describe('One thing that was compared.');

const side = z.strictObject({
  label: z.string().describe("As the user named it: a baseline's name, a folder, a file."),
  runs: whole.describe('Runs that it rests on; the posture is that of the newest.'),
  posture: postureSchema.describe('What was compared.'),
});

/** `comparison.json`, version 1, as a zod schema: the same shape as `Comparison` of the model. */
export const comparisonSchema = z
  .strictObject({
    schema: z.literal('https://holdfast.dev/comparison/v2').describe('Names this version of the schema.'),
    harness: z.string().describe('Version of the Holdfast that compared.'),
    before: side.describe('What was compared with.'),
    after: side.describe('What was compared.'),
    context: z
      .array(
        z.strictObject({
          what: z.string().describe('What differs: the plan, an image, the machine.'),
          before: z.string().nullable().describe('Null where that side does not have it.'),
          after: z.string().nullable().describe('Null where that side does not have it.'),
          consequence: z
            .string()
            .nullable()
            .describe('What can be compared all the same, and what not. Null where it costs nothing.'),
        }),
      )
      .describe('Differences between the two sides that may be the cause of another.'),
    files: z
      .array(
        z.strictObject({
          file: z.string().describe('Path in the rendered configuration, or `policy`.'),
          diff: z.string().describe('Unified diff.'),
          cut: z.boolean().describe('True where the diff goes on.'),
        }),
      )
      .describe('Lines of configuration or policy that differ.'),
    filesUnknown: z
      .string()
      .nullable()
      .describe('Why files could not be compared line by line, where digests differ; null where they could, or nothing differs.'),
    lines: z.array(line).describe('Everything that was compared.'),
    gate: z
      .strictObject({
        id: z.string().describe('Id of the gate.'),
        file: z.string().nullable().describe('File that it was read from.'),
        alpha: chance.describe('Largest chance that equal stacks give any regression among the tested lines.'),
        least: z
          .strictObject({
            latencyMs: z.number().min(0).describe('A latency must differ by more than this, in ms, …'),
            latencyRatio: z.number().min(1).describe('… and by more than this factor.'),
            floorMs: z.number().min(0).describe('The floor of a route must differ by more than this, in ms.'),
            capacityRatio: z.number().min(1).describe('A rate must differ by more than this factor.'),
            failedShare: z.number().min(0).describe('The share of failed requests must differ by more than this.'),
            scorePoints: z.number().min(0).describe('The score must differ by more than this.'),
          })
          .describe('Differences that do not matter, however sure.'),
      })
      .describe('What said which regressions matter.'),
    verdict: z
      .enum(['NO REGRESSION', 'REGRESSION', 'NOT COMPARABLE'])
      .describe('NOT COMPARABLE where a line that the gate needs could not be compared, and nothing regressed.'),
    reasons: z.array(z.string()).describe('Why; empty where nothing regressed.'),
  })
  .describe('Comparison of two sides by a gate.');
