import type { Policy } from '../../model/index.ts';
import type { Path, YamlDocument } from '../yaml/index.ts';

/** The line of each part of a policy file, by the name that a waiver gives it; see `SourcePlace`. */
export const linesOf = ({ value: policy, placeOf }: YamlDocument<Policy>): ReadonlyMap<string, number> => {
  const parts: readonly (readonly [part: string, path: Path])[] = [
    ...(['tls', 'authentication', 'rules', 'calls', 'rateLimits'] as const).map((name) => [name, [name]] as const),
    ...policy.rules.map(({ id }, i) => [`rules.${id}`, ['rules', i]] as const),
    ...policy.calls.map(({ from, to }, i) => [`calls.${from}-${to}`, ['calls', i]] as const),
    ...policy.rateLimits.map(({ id }, i) => [`rateLimits.${id}`, ['rateLimits', i]] as const),
    ...policy.waivers.map(({ enforcer, part }, i) => [`waivers.${enforcer}.${part}`, ['waivers', i]] as const),
  ];
  return new Map(parts.map(([part, path]) => [part, placeOf(path).line ?? 1]));
};
