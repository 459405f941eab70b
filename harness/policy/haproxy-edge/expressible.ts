import type { Policy, Rule, Stack } from '../../model/index.ts';
import { checkEdgeCalls } from '../calls.ts';
import { inexpressible } from '../inexpressible.ts';
import { readsAsArray } from './claims.ts';
import { unlike } from './limits.ts';

const enforcer = 'haproxy-edge';

/** Throws `inexpressible` for what HAProxy cannot enforce and the policy does not waive. */
export const checkExpressible = (policy: Policy, stack: Stack): void => {
  const refuse = (part: string, reason: string, hint: string): void =>
    inexpressible(policy, { enforcer, part, reason, hint });
  checkEdgeCalls(policy, stack, enforcer);
  const alike = (value: string): string => `HAProxy cannot tell the string ${value} from an array that is written so`;
  const other = 'choose a value that does not begin with [';
  for (const value of [policy.authentication.audience, ...Object.values(policy.authentication.claims)]) {
    if (readsAsArray(value)) refuse('authentication', alike(value), other);
  }
  for (const rule of policy.rules) {
    const value = rolesOf(policy, rule).find(readsAsArray);
    if (value !== undefined) refuse(`rules.${rule.id}`, alike(value), other);
  }
  for (const limit of policy.rateLimits) {
    const reason = unlike(limit);
    if (reason !== null) refuse(`rateLimits.${limit.id}`, reason, 'change its burst or its rate');
  }
};

/** Can this rule be told? One that cannot, and is waived, is left out: it allows nothing. */
export const isExpressible = (policy: Policy, rule: Rule): boolean => !rolesOf(policy, rule).some(readsAsArray);

const rolesOf = ({ roles }: Policy, { who }: Rule): readonly string[] =>
  who === 'authenticated' ? [] : who.map((name) => roles[name]!.equals);
