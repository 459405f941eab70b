import t from 'tap';
import { wants, wantsForm } from '../../../../harness/declare/plan/index.ts';

const meta = { id: 'E2', name: 'refuses-forged-token' };
const form = { variant: 'alg-none@catalogue', target: 'edge' };

t.test('an entry may name forms: the attack is wanted, and of it those forms', async (t) => {
  for (const entry of ['E2', 'E*', 'refuses-*', 'E2/alg-none@catalogue', 'E2/*', 'refuses-forged-token/x'])
    t.ok(wants([entry], meta), entry);
  for (const entry of ['E1/alg-none', 'alg-none', '/alg-none', 'E20']) t.notOk(wants([entry], meta), entry);
  for (const entry of [
    'E2',
    '*',
    'E2/alg-none@catalogue',
    'E2/alg-none*',
    'E2/*@catalogue',
    'E2/alg-none@catalogue at edge',
    'E*/* at edge',
    'E2/*',
  ])
    t.ok(wantsForm([entry], meta, form), entry);
  for (const entry of ['E2/alg-none', 'E2/alg.none*', 'E2/* at orders', 'E1', 'E1/*', 'E2/', 'E2/alg-none?catalogue'])
    t.notOk(wantsForm([entry], meta, form), entry);
});

t.test('one entry among several is enough, and what a variant is made of is taken as it is', async (t) => {
  t.ok(wantsForm(['E1', 'E2/no-signature', 'E2/alg-none*'], meta, form));
  t.ok(wantsForm(['E2/alg-none*', 'E2'], meta, { ...form, variant: 'other' }), 'the whole attack as well');
  const odd = { variant: 'front-door/haproxy?stats;csv (1)', target: 'edge→orders' };
  t.ok(wantsForm([`D1/${odd.variant} at ${odd.target}`], { id: 'D1', name: 'x' }, odd));
  t.notOk(wantsForm(['D1/front-door/haproxyXstats;csv (1)'], { id: 'D1', name: 'x' }, odd));
});
