import type { Posture, Report } from '../../model/index.ts';

/**
 * A baseline without the incidents that a run no longer has, for files that code scanning takes: it shows every result as an alert,
 * and need not know that one whose state is `absent` is none. What is gone stands in the comparison. Pure.
 */
export const withoutGone = (baseline: Posture, { incidents }: Pick<Report, 'incidents'>): Posture => {
  const now = new Set(incidents.map(({ id }) => id));
  return { ...baseline, incidents: baseline.incidents.filter(({ id }) => now.has(id)) };
};
