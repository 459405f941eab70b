import { HoldfastError } from '../model/index.ts';
import type { Policy } from '../model/index.ts';

/** What an enforcer cannot express: `part` as in a waiver, `reason` and `hint` for the person who wrote the policy. */
export type Inexpressible = {
  readonly enforcer: string;
  readonly part: string;
  readonly reason: string;
  readonly hint: string;
};

/**
 * Throws `inexpressible`, naming the part of the policy, the enforcer, the reason and what to do; unless the policy waives that
 * part for that enforcer: then the compiler leaves it out, and the report shows the waiver with its last day.
 */
export const inexpressible = (policy: Policy, { enforcer, part, reason, hint }: Inexpressible): void => {
  if (policy.waivers.some((waiver) => waiver.enforcer === enforcer && waiver.part === part)) return;
  throw new HoldfastError(
    'inexpressible',
    `expected a policy that ${enforcer} can enforce, found ${part} of "${policy.id}": ${reason}`,
    { hint: `${hint}; or accept it for a time: a waiver for ${enforcer}, ${part}, with a reason and its last day` },
  );
};
