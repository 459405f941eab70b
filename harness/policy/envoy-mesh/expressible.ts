import { HoldfastError } from '../../model/index.ts';
import type { Policy, Stack } from '../../model/index.ts';

/** Throws `inexpressible` for what a sidecar cannot enforce, naming the call, the reason, and what to do. */
export const checkExpressible = (policy: Policy, stack: Stack): void => {
  const refuse = (what: string, reason: string, hint: string): never => {
    throw new HoldfastError(
      'inexpressible',
      `expected a policy that envoy-mesh can enforce, found ${what}: ${reason}`,
      { hint },
    );
  };
  for (const call of policy.calls) {
    const name = `the call ${call.from} → ${call.to}`;
    if (call.to === 'edge') refuse(name, 'the edge has no port in the mesh', 'remove this call');
    const subject = call.paths.find((path) => path.includes('{sub}'));
    if (subject !== undefined) {
      refuse(
        `${name} with the path ${subject}`,
        'a sidecar does not know the subject, for the token ends at the edge',
        'write /** there, and {sub} in a rule of the edge',
      );
    }
  }
  for (const service of stack.services) {
    if (service.calls.length <= 1) continue;
    refuse(
      `${service.id} calling ${service.calls.join(' and ')}`,
      'a sidecar here leads out to one service',
      'make the services a chain in stack.yaml',
    );
  }
};
