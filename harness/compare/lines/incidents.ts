import type { Posture, PostureAttack, PostureIncident } from '../../model/index.ts';
import { whyNothingShown } from '../comparable.ts';
import { judged } from '../draft.ts';
import type { Conclusion, Draft } from '../draft.ts';
import { nameOfForm } from '../posture.ts';
import type { Share } from '../statistics/fisher.ts';
import { compareShares } from './shares.ts';

const attackOf = ({ attacks }: Posture, { attack }: PostureIncident): PostureAttack | undefined =>
  attacks.find(({ id }) => id === attack);

/**
 * Did a run try what an incident of the other run is about, and refuse it? Of a comparison with the policy, whose incidents are named by the
 * parts that decide, the attack as a whole must have passed.
 */
const held = (posture: Posture, incident: PostureIncident): boolean => {
  const attack = attackOf(posture, incident);
  if (attack === undefined || whyNothingShown(posture, 'before') !== null) return false;
  const form = nameOfForm(incident);
  const { held, broke, open } = attack.forms;
  return [held, broke, open].some((forms) => forms.includes(form)) ? held.includes(form) : attack.verdict === 'pass';
};

/** One line for each incident of either side: new, gone, or there on both. */
export const incidentLines = (before: Posture, after: Posture): Draft[] => {
  const ids = [...new Set([...after.incidents, ...before.incidents].map(({ id }) => id))];
  return ids.map((id) => {
    const [a, b] = [before, after].map(({ incidents }) => incidents.find((incident) => incident.id === id));
    const known = (b ?? a)!;
    return {
      id: `incident ${id}`,
      group: 'incidents' as const,
      title: `${known.title} (${known.hop})`,
      critical: known.critical,
      unit: 'attempts' as const,
      before: a === undefined ? null : { value: a.admitted, of: a.of },
      after: b === undefined ? null : { value: b.admitted, of: b.of },
      ...judge(before, after, a, b),
    };
  });
};

const judge = (
  before: Posture,
  after: Posture,
  a: PostureIncident | undefined,
  b: PostureIncident | undefined,
): Conclusion => {
  if (a === undefined && b !== undefined) {
    return held(before, b)
      ? judged('regression', 'new: before tried the same and refused it')
      : judged('not comparable', 'before did not try the same with a result, so it is not known to be new');
  }
  if (b === undefined && a !== undefined) {
    return held(after, a)
      ? judged('improvement', 'gone: after tried the same and refused it')
      : judged('not comparable', 'after did not try the same with a result, so it is not known to be gone');
  }
  const share = ({ admitted, of }: PostureIncident): Share => ({ count: admitted, of });
  return compareShares(share(a!), share(b!), 'there on both sides');
};
