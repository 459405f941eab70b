import type { Policy, RateLimit, Rule, Stack } from '../../model/index.ts';
import { checkEdgeCalls } from '../calls.ts';
import { inexpressible } from '../inexpressible.ts';
import { collisions, readsAsJson } from './claims.ts';
import { unlike } from './limits.ts';

const enforcer = 'apache-edge';

/** Throws `inexpressible` for what Apache httpd cannot enforce and the policy does not waive. */
export const checkExpressible = (policy: Policy, stack: Stack): void => {
  const refuse = (part: string, reason: string, hint: string): void =>
    inexpressible(policy, { enforcer, part, reason, hint });
  checkEdgeCalls(policy, stack, enforcer);
  const { audience, claims } = policy.authentication;
  for (const value of [audience, ...Object.values(claims)]) {
    const reason = unreadable(value);
    if (reason !== null) refuse('authentication', reason, 'choose another value');
  }
  for (const rule of policy.rules) {
    const reason = rolesOf(policy, rule)
      .map(({ equals }) => unreadable(equals))
      .find((found) => found !== null);
    if (reason !== undefined && reason !== null) refuse(`rules.${rule.id}`, reason, 'choose another value');
  }
  const names = [...Object.keys(claims), ...Object.values(policy.roles).map((role) => role.claim)];
  const [colliding] = collisions(names);
  if (colliding !== undefined) {
    const reason = `the claim ${colliding} cannot be told from another one, for claims are variables whose case does not count`;
    refuse('authentication', reason, 'choose names that differ in more than their case');
  }
  for (const limit of policy.rateLimits) {
    const reason = unlike(limit);
    if (reason !== null) refuse(`rateLimits.${limit.id}`, reason, hintOf(limit));
  }
};

/** Can this rule be told? One that cannot, and is waived, is left out: it allows nothing. */
export const isExpressible = (policy: Policy, rule: Rule): boolean =>
  rolesOf(policy, rule).every(({ equals }) => unreadable(equals) === null);

const unreadable = (value: string): string | null =>
  value.includes('\0')
    ? 'a claim with a null character is not read at all'
    : readsAsJson(value)
      ? `the string ${value} cannot be told from a claim that is no string and is written so`
      : null;

const rolesOf = ({ roles }: Policy, { who }: Rule): readonly Policy['roles'][string][] =>
  who === 'authenticated' ? [] : who.map((name) => roles[name]!);

const hintOf = ({ per }: RateLimit): string =>
  per === 'edge' ? 'make the burst at least four times the rate' : 'limit each subject elsewhere';
