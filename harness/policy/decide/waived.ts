import type { Decision, Policy, Waiver } from '../../model/index.ts';

/**
 * The waivers that explain why an enforcer decides otherwise than the policy says; none where any of the parts that decide is not
 * waived for it, or no longer is. `day`: `YYYY-MM-DD`, UTC.
 */
export const waiversOf = (
  { waivers }: Pick<Policy, 'waivers'>,
  { enforcer, by }: Decision,
  day: string,
): readonly Waiver[] => {
  const found = by.map((part) =>
    waivers.find((waiver) => waiver.enforcer === enforcer && waiver.part === part && day <= waiver.expires),
  );
  return found.every((waiver) => waiver !== undefined) ? found : [];
};
