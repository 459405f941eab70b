import type { Policy, Rule } from '../../model/index.ts';
import { parsePath, regexOf } from '../path/index.ts';
import { claimIs } from './claims.ts';
import { denyOn } from './denial.ts';
import { isExpressible } from './expressible.ts';
import { whole } from './text.ts';

/**
 * The rules of the policy: the first that allows a request is its reason; what none of them allows is denied. A rule that a waiver
 * leaves out allows nothing.
 */
export const rules = (policy: Policy): readonly string[] => [
  ...policy.rules.filter((rule) => isExpressible(policy, rule)).flatMap((rule) => rulesOf(policy, rule)),
  `http-request set-var(txn.reason) str('rules') if !{ var(txn.rule) -m found }`,
  ...denyOn(403, []),
  'http-request set-var(txn.reason) var(txn.rule)',
];

const rulesOf = (policy: Policy, rule: Rule): readonly string[] => {
  const method = `{ method -m str ${rule.methods.join(' ')} }`;
  const who = rule.who === 'authenticated' ? [] : [`${rule.id}:who`];
  return [
    ...(rule.who === 'authenticated' ? [] : rule.who).map((name) => {
      const role = policy.roles[name]!;
      return `acl ${rule.id}:who ${claimIs(role.claim, role.equals)}`;
    }),
    ...rule.paths.map((path) => {
      const conditions = [method, pathIs(path), ...ownSegments(path), ...who].join(' ');
      return `http-request set-var(txn.rule,ifnotexists) str('rules.${rule.id}') if ${conditions}`;
    }),
  ];
};

const pathIs = (path: string): string => {
  const pattern = parsePath(path);
  return pattern.below || pattern.hasSubject ? `{ path -m reg ${whole(regexOf(pattern))} }` : `{ path -m str ${path} }`;
};

/** Each `{sub}` of a path: the whole segment is the token's subject. Before the first segment stands an empty field. */
const ownSegments = (path: string): readonly string[] =>
  parsePath(path).segments.flatMap((segment, i) =>
    typeof segment === 'string' ? [] : [`{ path,field(${i + 2},/),strcmp(txn.sub) eq 0 }`],
  );
