import { needsOf, reason } from '../../../model/index.ts';
import type { Action, AttackRecord, AttemptRecord, HistoryRecord, Reason, View } from '../../../model/index.ts';
import type { ReloadData } from './op.ts';

/**
 * Why an attack that needs reloads shows nothing; null where it does. The positive control is the probe, which one of the two
 * configurations lets in and the other refuses: the witness must have seen it, and the edge must have refused it.
 */
export const whyNothing = ({ attempts, witness, ops }: View, attack: AttackRecord): Reason | null => {
  if (!needsOf(attack).includes('reload-phase')) return null;
  const reloads = ops<ReloadData>('reload');
  if (reloads.length === 0) return reason('never-reloaded');
  const failed = reloads.flatMap(({ error }) => error ?? []);
  if (failed.length > 0)
    return reason('reloads-failed', { failed: failed.length, of: reloads.length, error: failed[0]! });
  const probes = (attempts.get(attack.id) ?? []).filter(({ form }) => attack.forms[form]?.probe === true);
  const letIn = probes.filter(({ seq }) => witness.has(seq)).length;
  const refused = probes.filter(({ seq, status }) => !witness.has(seq) && status === 403).length;
  return letIn > 0 && refused > 0 ? null : reason('no-reload-seen', { probes: probes.length, letIn, refused });
};

/** A reload that took effect: the probe was let in before it, and refused after it. */
export const example: NonNullable<Action['example']> = ({ send: { to, http } }, { attack, form, seq, atMs }) => {
  const probe = (number: number, dueMs: number, status: number): AttemptRecord => ({
    type: 'attempt',
    seq: number,
    attack,
    form,
    dueMs,
    sentMs: dueMs,
    endMs: dueMs + 3,
    connection: `probe ${number}`,
    proved: false,
    status,
    error: null,
  });
  const service = to === 'edge' ? 'first' : to;
  const data = { of: 'attack', service, method: http.method, path: http.path, peer: null };
  const records: readonly HistoryRecord[] = [
    probe(seq, atMs, 200),
    { type: 'seen', kind: 'witness', seq, atMs: atMs + 2, data },
    {
      type: 'op',
      kind: 'reload',
      op: 0,
      dueMs: atMs + 100,
      askedMs: atMs + 100,
      startMs: atMs + 100,
      endMs: atMs + 100,
      overMs: atMs + 100,
      error: null,
      data: { to: 'other' },
    },
    probe(seq + 1, atMs + 400, 403),
  ];
  return records;
};
