import t from 'tap';
import { isProbe, whyNoReload } from '../../../harness/check/reloads.ts';
import type { Evidence } from '../../../harness/check/evidence.ts';
import type { AttackRecord, AttemptRecord } from '../../../harness/model/index.ts';

const attack = { id: 'P6', needs: 'reloads', forms: [{}, { probe: true }] } as unknown as AttackRecord;
const attempt = (seq: number, form: number, status: number) => ({ seq, form, status }) as AttemptRecord;
const reload = { type: 'reload', atMs: 0, to: 'other', error: null } as const;

const evidence = (
  seen: readonly number[],
  attempts: readonly AttemptRecord[],
  reloads: Evidence['reloads'] = [reload],
) =>
  ({
    attempts: new Map([['P6', attempts]]),
    witness: new Map(seen.map((seq) => [seq, []])),
    reloads,
  }) as unknown as Evidence;

t.test('a reload counts as one where the probe was let in and was refused', async (t) => {
  const both = [attempt(1, 1, 200), attempt(2, 1, 403), attempt(3, 0, 403)];
  t.equal(whyNoReload(evidence([1], both), attack), null);
  t.match(whyNoReload(evidence([1, 2], both), attack), /of 2 probes 2 were let in and 0 refused/);
  t.match(whyNoReload(evidence([], both), attack), /0 were let in and 1 refused/, 'an answer is no admission');
  t.match(whyNoReload(evidence([1], both, []), attack), /never made to reload/);
  t.match(
    whyNoReload(evidence([1], both, [reload, { ...reload, error: 'gone' }]), attack),
    /1 of 2 reloads failed: gone/,
  );
  t.equal(whyNoReload(evidence([], [], []), { ...attack, needs: undefined }), null, 'others need none');
  t.strictSame(
    [0, 1].map((form) => isProbe(attack, { form })),
    [false, true],
  );
});
