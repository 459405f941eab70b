import { z } from 'zod';
import { share, whole } from './parts.ts';

const place = whole.describe('A night, as its place in `nights`, from 0.');

const night = z
  .strictObject({
    run: z.string().describe('Id of the run.'),
    startedAt: z.string().describe('When it started, ISO 8601, UTC.'),
    place: z.string().describe('Its report, as a path from the folder of the nights.'),
    page: z.string().nullable().describe('Its page, likewise; null where there is none.'),
    verdict: z.enum(['HOLDS', 'BROKEN', 'UNKNOWN', 'INVALID']).describe('Verdict of the run.'),
    partial: z.boolean().describe('Stopped before its end.'),
    asExpected: z.boolean().nullable().describe('Whether its matrix expected this; null outside a matrix.'),
    score: z
      .strictObject({
        value: z.number().describe('0 to 100.'),
        letter: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).describe('The same as a letter.'),
      })
      .describe('Its score.'),
    harness: z.string().describe('Version of Holdfast that ran it.'),
    attempts: whole.describe('Attempts of all attacks.'),
    incidents: whole.describe('How many incidents it has.'),
  })
  .describe('A run of the plan on the stack.');

const series = z
  .strictObject({
    id: z.string().describe('As a comparison names its lines, e.g. `latency spike p99`.'),
    title: z.string().describe('What it is, in a few words.'),
    unit: z.enum(['points', '1/s', 'ms', 'share', 'attempts']).describe('Unit of the values.'),
    better: z.enum(['more', 'less']).nullable().describe('Which way is good; null where neither is.'),
    values: z
      .array(z.number().nullable())
      .describe('A value for each night; null where it was not measured, or the night was INVALID or cut short.'),
  })
  .describe('One quantity over the nights.');

const attack = z
  .strictObject({
    id: z.string().describe('Row of the catalogue, e.g. M3.'),
    title: z.string().describe('The technique, in a few words.'),
    control: z.string().describe('The control whose claim it tests.'),
    critical: z.boolean().describe('One admission breaks the claim outright.'),
    verdicts: z.string().describe('A letter for each night: p pass, f fail, u unknown, - not in its plan.'),
    nights: whole.describe('Nights that had it.'),
    failed: whole.describe('Of these, nights on which it failed.'),
    turns: whole.describe('How often its verdict turned between pass and fail.'),
    lastFailed: place.nullable().describe('The last night on which it failed; null where it never did.'),
    attempts: whole.describe('Attempts of all nights.'),
    broke: whole.describe('Of these, those that broke the claim.'),
    newestBound: share.nullable().describe('The bound of the newest night that had it; null where it showed none.'),
  })
  .describe('One attack over the nights.');

const incident = z
  .strictObject({
    id: z.string().describe('Stable: attack, form and target.'),
    attack: z.string().describe('Id of the attack.'),
    title: z.string().describe('The technique, in a few words.'),
    critical: z.boolean().describe('One admission breaks the claim outright.'),
    first: place.describe('The first night that saw it.'),
    last: place.describe('The last night that saw it.'),
    nights: whole.describe('How many nights saw it.'),
    open: z.boolean().describe('The newest night that measured anything saw it.'),
  })
  .describe('One incident over the nights.');

const change = z
  .strictObject({
    night: place.describe('The first night with it.'),
    what: z.string().describe('Which version, digest or part of the machine.'),
    before: z.string().nullable().describe('On the night before; null where there was none.'),
    after: z.string().nullable().describe('Since then.'),
  })
  .describe('What changed between two nights, and may be a cause.');

const mark = z
  .strictObject({
    series: z.string().describe('Id of the series.'),
    night: place.describe('The night that stands apart from those before it.'),
    value: z.number().describe('Its value.'),
    median: z.number().describe('Median of the comparable nights before it.'),
    of: whole.describe('How many nights that median is of.'),
    tone: z.enum(['better', 'worse']).describe('Which way it went.'),
  })
  .describe('A change of level, by the rule that the page states.');

/** Schema of what `holdfast trend --format json` writes. */
export const trendSchema = z
  .strictObject({
    schema: z.literal('https://holdfast.dev/trend/v1').describe('Which form this is.'),
    harness: z.string().describe('Version of Holdfast that made it.'),
    gate: z.string().describe('Id of the gate that says what is too small to matter.'),
    groups: z
      .array(
        z
          .strictObject({
            plan: z.string().describe('Id of the plan.'),
            stack: z.string().describe('Id of the stack.'),
            nights: z.array(night).describe('Oldest first.'),
            series: z.array(series).describe('What was measured.'),
            attacks: z.array(attack).describe('Every attack of any night.'),
            incidents: z.array(incident).describe('Every incident of any night, those seen last first.'),
            changes: z.array(change).describe('Oldest first.'),
            marks: z.array(mark).describe('Oldest first.'),
          })
          .describe('The nights of one plan on one stack.'),
      )
      .describe('By plan and stack.'),
    unreadable: z
      .array(
        z.strictObject({
          place: z.string().describe('Path from the folder of the nights.'),
          reason: z.string().describe('Why it is no part of the trend.'),
        }),
      )
      .describe('What could not be read.'),
  })
  .describe('Many nights of plans on stacks.');
