import { controlIds, worst } from '../model/index.ts';
import type { AttackReport, ControlId, ControlReport } from '../model/index.ts';
import { ofAttack } from './verdict.ts';

/** The claim that each control makes; the score of a run speaks about these sentences. */
const claims: Readonly<Record<ControlId, string>> = {
  edge: 'every request is authenticated and authorized at the load balancer before it touches the mesh',
  mtls: 'every service-to-service hop is mutual TLS, no exceptions: interception and tampering fail',
  telemetry:
    'one pipeline sees every request from the first inbound packet to the last internal hop; an attack is detected in seconds',
  parity:
    'one policy, defined once, is enforced identically by load balancer and mesh: TLS, firewall rules, rate limits',
  defaults:
    'nothing rests on a default: no rule open to the world, no certificate that expires silently, no metric too coarse to trace a threat',
  framing: 'the hops agree on where a request begins and ends: no smuggling, no desync, no crossed responses',
  resilience: 'when a part fails or saturates, the stack fails closed, and legitimate traffic recovers',
};

/**
 * A control per claim that has an attack which applies: the worst of its attacks. The other claims are not spoken about; neither is one
 * that rests on what the stack lacks (`lacking`), unless it is refuted all the same.
 */
export const reportControls = (
  attacks: readonly AttackReport[],
  excluded: (attack: AttackReport) => boolean,
  lacking: (control: ControlId) => boolean = () => false,
): { readonly controls: readonly ControlReport[]; readonly notClaimed: readonly ControlId[] } => {
  const controls: ControlReport[] = [];
  const notClaimed: ControlId[] = [];
  for (const id of controlIds) {
    const own = attacks.filter(({ control }) => control === id);
    const judged = own.filter((attack) => !excluded(attack));
    const verdict = worst(judged.map((attack) => attack.verdict));
    if (judged.length === 0 || (verdict !== 'fail' && lacking(id))) {
      notClaimed.push(id);
      continue;
    }
    controls.push({
      id,
      claim: claims[id],
      verdict,
      reasons: own.filter(({ reason }) => reason !== null).map(ofAttack),
    });
  }
  return { controls, notClaimed };
};
