import type { Policy, Rule } from '../../model/index.ts';
import { accessPolicies, rbacFilter } from '../envoy/index.ts';
import type { Json, RbacPolicy } from '../envoy/index.ts';
import { claimEquals, hasToken } from './claims.ts';
import { ownPath } from './own-path.ts';

/** Refuses verified tokens of another kind: each required claim must be there, with its value. Null where none is required. */
export const requiredClaims = ({ authentication }: Policy): Json | null => {
  const claims = Object.entries(authentication.claims);
  if (claims.length === 0) return null;
  const policies = claims.map(([name, value]): [string, RbacPolicy] => [
    `claim-${name}`,
    {
      permissions: [{ any: true }],
      principals: [{ and_ids: { ids: [hasToken, { not_id: claimEquals(name, value) }] } }],
    },
  ]);
  return rbacFilter('DENY', Object.fromEntries(policies), 'claims');
};

/** The rules of the policy; whatever none of them allows is denied. */
export const rules = (policy: Policy): Json =>
  rbacFilter('ALLOW', Object.fromEntries(policy.rules.flatMap((rule) => policiesOf(policy, rule))), 'rules');

/** Envoy's condition belongs to a whole policy, so each path with `{sub}` becomes one of its own, named after rule and path. */
const policiesOf = (policy: Policy, rule: Rule): readonly (readonly [string, RbacPolicy])[] => {
  const principals = principalsOf(policy, rule);
  const open = rule.paths.filter((path) => !path.includes('{sub}'));
  const groups = [
    ...(open.length > 0 ? [open] : []),
    ...rule.paths.filter((path) => path.includes('{sub}')).map((path) => [path]),
  ];
  return groups.map((paths) => {
    const condition = ownPath(paths[0]!);
    const name = groups.length === 1 ? rule.id : `${rule.id} ${paths.join(' ')}`;
    return [name, { permissions: accessPolicies(rule.methods, paths), principals, ...condition }];
  });
};

// Who is authenticated is the JWT filter's decision alone: it lets nobody else come this far.
const principalsOf = (policy: Policy, rule: Rule): readonly Json[] =>
  rule.who === 'authenticated'
    ? [{ any: true }]
    : rule.who.map((name) => {
        const role = policy.roles[name]!;
        return claimEquals(role.claim, role.equals);
      });
