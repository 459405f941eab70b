import t from 'tap';
import { whyNothing } from '../../../../../harness/kinds/actions/reload/judge.ts';
import type { AttackRecord, AttemptRecord, OpRecord, View } from '../../../../../harness/model/index.ts';
import { told } from '../../../../support/check.ts';
import { operation } from '../../../../support/history.ts';

const attack = { id: 'P6', needs: 'reloads', forms: [{}, { probe: true }] } as unknown as AttackRecord;
const attempt = (seq: number, form: number, status: number) => ({ seq, form, status }) as AttemptRecord;
const reload = operation('reload', [0, 0], { to: 'other' });

const why = (
  seen: readonly number[],
  attempts: readonly AttemptRecord[],
  reloads: readonly OpRecord[] = [reload],
  of: AttackRecord = attack,
) =>
  told(
    whyNothing(
      {
        attempts: new Map([['P6', attempts]]),
        witness: new Map(seen.map((seq) => [seq, []])),
        ops: () => reloads,
      } as unknown as View,
      of,
    ),
  );

t.test('a reload counts as one where the probe was let in and was refused', async (t) => {
  const both = [attempt(1, 1, 200), attempt(2, 1, 403), attempt(3, 0, 403)];
  t.equal(why([1], both), null);
  t.match(why([1, 2], both), /of 2 probes, 2 were let in and 0 refused/);
  t.match(why([], both), /0 were let in and 1 refused/, 'an answer is no admission');
  t.match(why([1], both, []), /never reloaded/);
  t.match(why([1], both, [reload, { ...reload, error: 'gone' }]), /1 of 2 reloads failed: gone/);
  const { needs: _, ...other } = attack;
  t.equal(why([], [], [], other), null, 'others need none');
});
