import type { Plan } from '../model/index.ts';
import { ln } from './logarithm.ts';

/** Some attempts end indeterminate: this many more are scheduled. Interceptions lose those at the edges of a window. */
export const margin = { ordinary: 1.15, interception: 1.25 } as const;

/**
 * Determinate attempts, none admitted, that show at 95% that the admitted share is at most `bound`: the one-sided
 * Clopper–Pearson bound 1 − 0.05^(1/n), solved for n. 1e-2: 299; 1e-3: 2,995; 1e-4: 29,956.
 */
export const attemptsFor = (bound: number): number => Math.ceil(ln(0.05) / ln(1 - bound));

/** The bound that the plan asks of an attack. */
export const boundOf = (plan: Plan, critical: boolean): number =>
  critical ? plan.bounds.critical : plan.bounds.standard;
