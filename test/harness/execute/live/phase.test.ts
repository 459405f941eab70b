import t from 'tap';
import { phaseNow } from '../../../../harness/execute/live/phase.ts';
import { touchedBy } from '../../../../harness/execute/live/disturbed.ts';
import { discoverKinds } from '../../../../harness/kinds/index.ts';

t.test('every moment of a segment has a name', async (t) => {
  const phases = [
    { id: 'rest', startMs: 2000, endMs: 5000 },
    { id: 'spike', startMs: 5000, endMs: 9000 },
  ];
  t.strictSame(phaseNow(phases, -200), { phase: 'warm-up', phaseElapsedMs: 0, phaseMs: 2000 });
  t.strictSame(phaseNow(phases, 2000), { phase: 'rest', phaseElapsedMs: 0, phaseMs: 3000 });
  t.strictSame(phaseNow(phases, 5000), { phase: 'spike', phaseElapsedMs: 0, phaseMs: 4000 });
  t.strictSame(phaseNow(phases, 9500), { phase: 'last answers', phaseElapsedMs: 500, phaseMs: null });
  t.strictSame(phaseNow([], 10), { phase: 'last answers', phaseElapsedMs: 10, phaseMs: null });
});

t.test('a window touches what passes its hop around its time', async (t) => {
  const hop = { from: 'storefront', to: 'orders', port: 1 };
  const touched = touchedBy(
    { operations: [{ kind: 'intercept', startMs: 1000, endMs: 2000, op: { hop } }] },
    await discoverKinds(),
    [{ crosses: ['storefront', 'orders'] }, { crosses: ['storefront'] }],
    [{ from: 'edge', to: 'storefront', port: 1 }, hop],
  );
  t.equal(touched(0, 1500, 1510), true);
  t.equal(touched(1, 1500, 1510), false, 'another way');
  t.equal(touched(0, 700, 799), false);
  t.equal(touched(0, 700, 800), true, 'it was under way when the hop was being taken');
  t.equal(touched(0, 2100, 2105), true);
  t.equal(touched(0, 2101, 2105), false);
});
