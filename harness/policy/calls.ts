import type { Policy, Stack } from '../model/index.ts';
import { inexpressible } from './inexpressible.ts';

/** Every edge leads to the first service alone. Throws `inexpressible` for a call of the edge to another, which is not waived. */
export const checkEdgeCalls = (policy: Policy, stack: Stack, enforcer: string): void => {
  const first = stack.services[0]!.id;
  for (const call of policy.calls) {
    if (call.from !== 'edge' || call.to === first) continue;
    inexpressible(policy, {
      enforcer,
      part: `calls.edge-${call.to}`,
      reason: `the edge leads to ${first} alone`,
      hint: `let the edge call ${first}, and ${first} the next`,
    });
  }
};

/**
 * No mesh has a way to the edge, and none sees the token. Throws `inexpressible` for a call that would need either, and is not
 * waived. `means`: by what the mesh decides, with its article, e.g. `an intention`.
 */
export const checkMeshCalls = (policy: Policy, enforcer: string, means: string): void => {
  for (const call of policy.calls) {
    const refuse = (reason: string, hint: string): void =>
      inexpressible(policy, { enforcer, part: `calls.${call.from}-${call.to}`, reason, hint });
    if (call.to === 'edge') refuse('the edge has no port in the mesh', 'remove this call');
    const subject = call.paths.find((path) => path.includes('{sub}'));
    if (subject === undefined) continue;
    refuse(
      `the path ${subject}: ${means} does not know the subject, for the token ends at the edge`,
      'write /** there, and {sub} in a rule of the edge',
    );
  }
};
