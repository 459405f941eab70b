import { z } from 'zod';
import { attack, incident } from './parts.ts';
import { reportSchema } from './report.ts';

const kept = reportSchema.pick({
  run: true,
  startedAt: true,
  harness: true,
  verdict: true,
  reasons: true,
  partial: true,
  seed: true,
  plan: true,
  stack: true,
  only: true,
  score: true,
  notClaimed: true,
  load: true,
  capacity: true,
  timeline: true,
  versions: true,
  digests: true,
  machine: true,
});

const named = z.array(z.string());

const forms = z
  .strictObject({
    held: named.describe('Of these, every determinate attempt held.'),
    broke: named.describe('Of these, one or more broke the claim.'),
    open: named.describe('Of these, nothing is known.'),
  })
  .describe('Its forms, as `variant at target`, by what became of them.');

/** What a comparison reads of a run, as a zod schema: the same shape as `Posture` of the model, which a test asserts at type level. */
export const postureSchema = kept
  .extend({
    controls: z
      .array(reportSchema.shape.controls.element.pick({ id: true, verdict: true }))
      .describe('The controls that the plan has attacks for.'),
    attacks: z
      .array(
        attack.pick({
          id: true,
          name: true,
          title: true,
          control: true,
          critical: true,
          verdict: true,
          reason: true,
          required: true,
          bound: true,
          bound95: true,
          bound95Clusters: true,
          definition: true,
          attempts: true,
          clusters: true,
          refused: true,
          admitted: true,
          served: true,
          withheld: true,
          indeterminate: true,
        }).extend({ forms }),
      )
      .describe('Every attack that the plan requires, run or not.'),
    incidents: z
      .array(
        incident.pick({
          id: true,
          attack: true,
          title: true,
          control: true,
          critical: true,
          variant: true,
          target: true,
          hop: true,
          admitted: true,
          of: true,
          places: true,
        }),
      )
      .describe('What got through.'),
    overlay: z.array(z.string()).describe('Files of the rendered configuration that an overlay changed.'),
  })
  .describe('The comparable part of a report.');
