import { z } from 'zod';
import { controlIds, controlVerdicts } from '../verdict.ts';

/** A number of things. */
export const whole = z.int().min(0);
/** A time in the run, in ms since its origin; negative before it. */
export const moment = z.number();
/** A duration in ms; null where nothing was measured. */
export const duration = z.number().nullable();
export const share = z.number().min(0).max(1);
export const controlId = z.enum(controlIds).describe('A control: one of the claims that Holdfast proves or refutes.');
export const controlVerdict = z
  .enum(controlVerdicts)
  .describe('Of an attack or a control. The worst wins; unknown is never a pass.');

/** The fields of counts, for what has others beside them. */
export const countFields = {
  attempts: whole.describe('Executions of the attack.'),
  clusters: whole.describe('Independent clusters of them: attempts that share a connection are one.'),
  refused: whole.describe('The witness saw nothing of the attempt, while its twin succeeded.'),
  admitted: whole.describe('The attempt got through, whatever status the attacker got.'),
  served: whole.describe('The policy allows the request, and every enforcer that it met let it pass.'),
  withheld: whole.describe(
    'The policy allows the request, and an enforcer turned it away. It breaks the claim as well.',
  ),
  indeterminate: whole.describe('The evidence does not say. Never counted as refused.'),
};

/** Attempts by their verdict. */
export const counts = z.strictObject(countFields);
