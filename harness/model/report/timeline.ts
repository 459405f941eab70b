import { z } from 'zod';
import { moment } from './parts.ts';

const perBin = z.array(z.number().nullable());

/** The timeline of a report. */
export const timelineSchema = z
  .strictObject({
    binMs: z.number().positive().describe('Length of one bin.'),
    originMs: moment.describe('Start of bin 0, in ms since the origin of the run.'),
    phases: z
      .array(
        z.strictObject({
          id: z.string().describe('Id of the phase.'),
          startMs: moment.describe('Its start.'),
          endMs: moment.describe('Its end.'),
        }),
      )
      .describe('The phases of the run.'),
    windows: z
      .array(
        z.strictObject({
          attack: z.string().describe('Id of the attack that took the hop over.'),
          hop: z.string().describe('The hop.'),
          variant: z.string().describe('Form of the technique.'),
          startMs: moment.describe('Its start.'),
          endMs: moment.describe('Its end.'),
        }),
      )
      .describe('Times in which a hop was taken over.'),
    operations: z
      .array(
        z.strictObject({
          kind: z.string().describe('Kind of the action.'),
          places: z.array(z.string()).describe('Members and hops that it was about.'),
          startMs: moment.describe('From when it was in effect.'),
          endMs: moment.describe('Until when; the same where it has only a moment.'),
          error: z.string().nullable().describe('Why it did not take effect, or was not undone; null where it did.'),
        }),
      )
      .describe('What else was done to the stack.'),
    intendedPerSecond: perBin.describe('Legitimate requests that the trace asks for, per second.'),
    answeredPerSecond: perBin.describe('Legitimate requests that were answered, per second.'),
    failedPerSecond: perBin.describe('Legitimate requests that failed, per second.'),
    attemptsPerSecond: perBin.describe('Attempts, per second.'),
    admittedPerSecond: perBin.describe(
      'Attempts that were admitted, or decided otherwise than the policy says, per second.',
    ),
    latencyP50Ms: perBin.describe('Median latency from the intended time.'),
    latencyP99Ms: perBin.describe('99th percentile of the latency from the intended time.'),
  })
  .describe('Series on one axis: index i covers binMs from originMs + i × binMs; null where there is nothing.');
