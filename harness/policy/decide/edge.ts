import type { Decision, Policy, Rule, Stack, TokenRecipe } from '../../model/index.ts';
import { matchesPath } from '../path/index.ts';
import { isCanonical, reachesFloor } from './floor.ts';
import { pathOf } from './request.ts';
import type { Credential, EdgeRequest } from './request.ts';

/**
 * What the policy says of a request at the edge. Pure, and the whole meaning of a policy: an edge that decides otherwise is wrong,
 * or waived. A token is only what stands in exactly one Authorization header, under the scheme Bearer.
 */
export const decideEdge = (policy: Policy, stack: Stack, request: EdgeRequest): Decision => {
  const token = authenticated(request.credentials);
  const path = pathOf(request.target);
  const denied = [
    ...(reachesFloor(policy, request.tls) ? [] : ['tls']),
    ...(isOwnHost(stack, request.host) ? [] : ['host']),
    ...(isCanonical(path) ? [] : ['paths']),
    ...(token === null ? ['authentication'] : []),
  ];
  const about = { at: 'edge', enforcer: stack.compilers.edge };
  if (denied.length > 0 || token === null) return { ...about, allow: false, by: denied };
  const granting = policy.rules.filter((rule) => grantsRule(policy, rule, token, request.method, path));
  return granting.length > 0
    ? { ...about, allow: true, by: granting.map(({ id }) => `rules.${id}`) }
    : { ...about, allow: false, by: ['rules'] };
};

/** The public name in any case, with a port or without one. */
const isOwnHost = (stack: Stack, host: string): boolean =>
  host.toLowerCase().replace(/:[0-9]+$/, '') === stack.edge.hostname.toLowerCase();

const plainSegment = /^[A-Za-z0-9._~-]+$/;

/** The one valid token of a request, or null. Rules compare the subject with a segment of a path, so it must be one. */
const authenticated = (credentials: readonly Credential[]): TokenRecipe | null => {
  const [only, ...more] = credentials;
  if (only === undefined || more.length > 0 || only.scheme !== 'Bearer' || only.token === null) return null;
  return only.token.alter === undefined && plainSegment.test(only.token.subject) ? only.token : null;
};

const grantsRule = (policy: Policy, rule: Rule, token: TokenRecipe, method: string, path: string): boolean =>
  rule.methods.includes(method) &&
  isAmong(policy, rule.who, token) &&
  rule.paths.some((pattern) => matchesPath(pattern, path, token.subject));

const isAmong = (policy: Policy, who: Rule['who'], { claims }: TokenRecipe): boolean => {
  if (who === 'authenticated') return true;
  const all: Readonly<Record<string, string>> = { ...policy.authentication.claims, ...claims };
  return who.some((name) => {
    const role = policy.roles[name];
    return role !== undefined && Object.hasOwn(all, role.claim) && all[role.claim] === role.equals;
  });
};
