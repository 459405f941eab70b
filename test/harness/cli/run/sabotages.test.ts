import t from 'tap';
import { chooseSabotages, describeSabotages, summariseSabotages } from '../../../../harness/cli/run/index.ts';
import type { SabotageResults } from '../../../../harness/cli/run/index.ts';
import type { Sabotage } from '../../../../harness/declare/discover/index.ts';
import type { Stack } from '../../../../harness/model/index.ts';

const stack = (id: string): Stack => ({ id, defaults: null }) as unknown as Stack;
const sabotage = (id: string, ...stacks: readonly string[]): Sabotage => ({ id, stacks }) as unknown as Sabotage;
const stacks = ['a-b', 'a-c', 'd-b'].map(stack);
const all = [sabotage('a-x', 'a-b', 'a-c'), sabotage('a-y', 'a-b'), sabotage('b-x', 'a-b', 'd-b')];

const chosen = (wanted: readonly string[], selected: (one: Sabotage) => boolean = () => true) =>
  [...chooseSabotages(wanted, stacks, all, selected)].map(([id, of]) => [id, of.map((one) => one.id)]);

t.test('each stack gets its own sabotages; of several stacks those without any are left out', async (t) => {
  t.strictSame(chosen(['a-b']), [['a-b', ['a-x', 'a-y', 'b-x']]]);
  t.strictSame(chosen(['all']), [
    ['a-b', ['a-x', 'a-y', 'b-x']],
    ['a-c', ['a-x']],
    ['d-b', ['b-x']],
  ]);
  t.strictSame(
    chosen(['all'], ({ id }) => id.startsWith('b-')),
    [
      ['a-b', ['b-x']],
      ['d-b', ['b-x']],
    ],
  );
  t.throws(() => chosen(['d-b'], ({ id }) => id === 'a-y'), { code: 'usage', hint: 'there is: b-x' });
  t.throws(() => chosen(['e-b']), { code: 'usage', message: /"e-b"/ });
  t.throws(() => chooseSabotages(['d-b'], stacks, all.slice(0, 2), () => true), { code: 'usage', hint: /a-b, a-c/ });
});

const results = (of: string, missed: readonly string[], falseAlarms: string[] = []): SabotageResults => ({
  stack: of,
  measuredAt: '2026-11-24T06:00:00.000Z',
  digest: '00',
  falseAlarms,
  sabotages: ['a-x', 'b-x'].map((id) => {
    const caught = !missed.includes(id);
    return { id, caught, caughtBy: caught ? ['E1'] : [], missedBy: caught ? [] : ['E1'], verdict: 'BROKEN' };
  }),
});

t.test('what was missed, and what could not be measured, is said in the table at the end', async (t) => {
  t.match(
    describeSabotages(results('a-b', ['b-x'], ['E2: 1 of 9'])),
    /MISSED {2}b-x.*\nFALSE ALARM.*E2[^]*1 of 2 caught/,
  );
  const text = summariseSabotages([
    { stack: 'a-b', results: results('a-b', []) },
    { stack: 'longer', results: results('longer', ['b-x'], ['E2: 1 of 9']) },
    { stack: 'd-b', error: 'expected the edge to answer' },
  ]);
  t.strictSame(text.split('\n'), [
    'a-b     all     2 of 2 caught, 0 false alarms',
    'longer  NOT ALL 1 of 2 caught, 1 false alarms; missed: b-x',
    'd-b     ERROR   expected the edge to answer',
    '2 of 3 stacks measured: 3 of 4 caught, 1 false alarms',
    '',
  ]);
});
