import type { Decision, Policy, Stack } from '../../model/index.ts';
import { matchesPath } from '../path/index.ts';
import { isCanonical, reachesFloor } from './floor.ts';
import { pathOf } from './request.ts';
import type { MeshCall } from './request.ts';

/** What the policy says of a call at the sidecar of a service: mutual TLS, then the matrix. Pure. */
export const decideMesh = (policy: Policy, stack: Stack, call: MeshCall): Decision => {
  const path = pathOf(call.target);
  const denied = [
    ...(reachesFloor(policy, call.tls) ? [] : ['tls']),
    ...(isCanonical(path) ? [] : ['paths']),
    ...(call.from === null ? ['authentication'] : []),
  ];
  const about = { at: call.to, enforcer: stack.compilers.mesh };
  if (denied.length > 0) return { ...about, allow: false, by: denied };
  const entry = policy.calls.find(({ from, to }) => from === call.from && to === call.to);
  if (entry === undefined) return { ...about, allow: false, by: ['calls'] };
  // A sidecar does not know the subject: no path of a call may ask for it (declare/policy, the compilers).
  const granted = entry.methods.includes(call.method) && entry.paths.some((pattern) => matchesPath(pattern, path, ''));
  return { ...about, allow: granted, by: [`calls.${entry.from}-${entry.to}`] };
};
