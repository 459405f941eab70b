import { canonicalPath, parsePath, regexOf } from '../path/index.ts';
import { extension } from './extension.ts';
import type { Json } from './extension.ts';

/** One policy of Envoy's RBAC filter. */
export type RbacPolicy = { readonly [key: string]: Json };

/** An RBAC filter (default deny for `ALLOW`) with counters for each policy, by its name. */
export const rbacFilter = (
  action: 'ALLOW' | 'DENY',
  policies: Readonly<Record<string, RbacPolicy>>,
  statPrefix: string,
): Json =>
  extension('envoy.filters.http.rbac', 'envoy.extensions.filters.http.rbac.v3.RBAC', {
    rules: { action, policies },
    rules_stat_prefix: statPrefix,
    track_per_rule_stats: true,
  });

/** Refuses every path that is not canonical, and whatever `more` names, before a rule is asked about it. */
export const refuseOtherSpellings = (more: Readonly<Record<string, RbacPolicy>> = {}): Json =>
  rbacFilter(
    'DENY',
    {
      'path-not-canonical': {
        permissions: [{ not_rule: { url_path: { path: { safe_regex: { regex: canonicalPath } } } } }],
        principals: [{ any: true }],
      },
      ...more,
    },
    'paths',
  );

const anyOf = (rules: readonly Json[]): Json => (rules.length === 1 ? rules[0]! : { or_rules: { rules } });

const methodIs = (method: string): Json => ({ header: { name: ':method', string_match: { exact: method } } });

const pathIs = (path: string): Json => {
  const pattern = parsePath(path);
  const exact = !pattern.below && !pattern.hasSubject;
  return { url_path: { path: exact ? { exact: path } : { safe_regex: { regex: regexOf(pattern) } } } };
};

/** Permissions: one of the methods on one of the paths. */
export const accessPolicies = (methods: readonly string[], paths: readonly string[]): readonly Json[] => [
  { and_rules: { rules: [anyOf(methods.map(methodIs)), anyOf(paths.map(pathIs))] } },
];
