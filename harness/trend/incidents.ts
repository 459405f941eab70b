import { measures } from './night.ts';
import type { Night } from './night.ts';

/** One incident over the nights of a group, by its stable id. */
export type IncidentSpan = {
  readonly id: string;
  readonly attack: string;
  readonly title: string;
  readonly critical: boolean;
  /** First and last night that saw it, as places among the nights; `nights` is how many did. */
  readonly first: number;
  readonly last: number;
  readonly nights: number;
  /** Is it in the newest night that measured anything, or after it? */
  readonly open: boolean;
};

/** Every incident of any night; those that are still open first, then those that were seen last. */
export const incidentSpans = (nights: readonly Night[]): readonly IncidentSpan[] => {
  const spans = new Map<string, IncidentSpan>();
  const newest = nights.findLastIndex(measures);
  nights.forEach(({ incidents }, night) => {
    for (const { id, attack, title, critical } of new Map(incidents.map((each) => [each.id, each])).values()) {
      const known = spans.get(id);
      spans.set(id, {
        id,
        attack,
        title,
        critical,
        first: known?.first ?? night,
        last: night,
        nights: (known?.nights ?? 0) + 1,
        open: night >= newest,
      });
    }
  });
  return [...spans.values()].toSorted((a, b) => b.last - a.last || a.first - b.first || (a.id < b.id ? -1 : 1));
};
