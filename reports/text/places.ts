import type { Incident, SourcePlace } from '../../harness/model/index.ts';

/** A place as an editor opens it, and what stands there: `fixtures/policy/shop.yaml:33 (rules.refund)`. */
export const placeText = ({ file, line, part }: SourcePlace): string => `${file}:${line} (${part})`;

/** The first of an incident's places, which says most; null where it knows none. */
export const firstPlace = ({ places }: Pick<Incident, 'places'>): string | null => {
  const first = places?.[0];
  return first === undefined ? null : placeText(first);
};
