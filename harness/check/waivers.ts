import type { Report } from '../model/index.ts';
import type { Judged } from './judge.ts';
import type { Gathered } from './gather.ts';

/** The waivers of the policy that concern an enforcer of this stack, whether they explained anything or not. */
export const reportWaivers = ({ run }: Gathered, waived: readonly Judged[]): Report['waivers'] => {
  const day = run.startedAt.slice(0, 10);
  return (run.policy.waivers ?? [])
    .filter(({ enforcer }) => run.stack.enforcers?.includes(enforcer) === true)
    .map((waiver) => ({
      enforcer: waiver.enforcer,
      part: waiver.part,
      reason: waiver.reason,
      expires: waiver.expires,
      inForce: day <= waiver.expires,
      explained: waived.filter(({ waivers }) => waivers.includes(waiver)).length,
    }));
};
