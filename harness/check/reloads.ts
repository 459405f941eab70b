import { needsOf } from '../model/index.ts';
import type { AttackRecord, AttemptRecord } from '../model/index.ts';
import type { Evidence } from './evidence.ts';

/** Is it a request that shows by what is decided at the moment, and is not judged itself? */
export const isProbe = (attack: AttackRecord, { form }: Pick<AttemptRecord, 'form'>): boolean =>
  attack.forms[form]?.probe === true;

/**
 * Why an attack that needs reloads shows nothing; null where it does. The positive control is the probe, which one of the two
 * configurations lets in and the other refuses: the witness must have seen it, and the edge must have refused it.
 */
export const whyNoReload = ({ attempts, witness, reloads }: Evidence, attack: AttackRecord): string | null => {
  if (!needsOf(attack).includes('reload-phase')) return null;
  if (reloads.length === 0) return 'the edge was never made to reload';
  const failed = reloads.filter(({ error }) => error !== null);
  if (failed.length > 0) return `${failed.length} of ${reloads.length} reloads failed: ${failed[0]!.error}`;
  const probes = (attempts.get(attack.id) ?? []).filter((attempt) => isProbe(attack, attempt));
  const letIn = probes.filter(({ seq }) => witness.has(seq)).length;
  const refused = probes.filter(({ seq, status }) => !witness.has(seq) && status === 403).length;
  if (letIn > 0 && refused > 0) return null;
  return `no reload was seen to take effect: of ${probes.length} probes ${letIn} were let in and ${refused} refused`;
};
