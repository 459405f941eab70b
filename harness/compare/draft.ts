import type { ComparisonLine, Judgement } from '../model/index.ts';

/** What a statistical test says of a line, before it is known how many others were asked. */
export type Tested = {
  /** Two-sided, before the correction. */
  readonly p: number;
  readonly direction: 'worse' | 'better';
  /** Is the difference large enough to matter? */
  readonly matters: boolean;
};

/** What is known of a line without the others: it is judged, or tested. */
export type Conclusion = {
  readonly test: ComparisonLine['test'];
  readonly ratio?: ComparisonLine['ratio'];
} & ({ readonly judged: { readonly judgement: Judgement; readonly why: string } } | { readonly tested: Tested });

/** A line without what depends on all lines and on the gate. */
export type Draft = Pick<ComparisonLine, 'id' | 'group' | 'title' | 'critical' | 'unit' | 'before' | 'after'> &
  Conclusion;

/** A line that needs no statistics. */
export const judged = (judgement: Judgement, why: string): Conclusion & { judged: object } => ({
  test: judgement === 'not comparable' ? 'none' : 'fact',
  judged: { judgement, why },
});
