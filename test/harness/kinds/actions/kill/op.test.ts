import t from 'tap';
import { action } from '../../../../../harness/kinds/actions/kill/op.ts';
import { discoverKinds } from '../../../../../harness/kinds/index.ts';
import { schedule } from '../../../../../harness/schedule/index.ts';
import { attacks, configured, plan, policy, stack, trace } from '../../../schedule/inputs.ts';
import { endpoints } from '../../../../support/products.ts';

const kinds = await discoverKinds();
const [simple] = attacks.filter(({ meta }) => meta.id === 'E2');
const killing = (...several: readonly Readonly<Record<string, unknown>>[]) => {
  const { main } = schedule({
    plan: {
      ...plan,
      phases: plan.phases.map((phase) =>
        phase.id === 'spike' ? { ...phase, actions: several.map((options) => ({ do: 'kill', ...options })) } : phase,
      ),
    },
    stack,
    policy,
    trace,
    attacks: [simple!],
    seed: 'kill',
    only: null,
    kinds,
    configured,
    endpoints,
  });
  return { ...main, operations: main.operations.filter(({ kind }) => kind === 'kill') };
};

t.test('it is scheduled in its phase, with the container and the port by which it is seen to serve', async (t) => {
  const { operations, phases } = killing({ member: 'edge', atMs: 3000, forMs: 2000 });
  const { startMs } = phases.find(({ id }) => id === 'spike')!;
  t.strictSame(operations, [
    {
      kind: 'kill',
      startMs: startMs + 3000,
      endMs: startMs + 5000,
      op: { member: 'edge', service: 'edge', port: 8443 },
    },
  ]);
  t.match(killing({ member: 'back', atMs: 0, forMs: 500 }).operations, [
    { op: { member: 'back', service: 'back', port: 15443 } },
  ]);
});

t.test('attempts go on while it acts', async (t) => {
  const { attempts, operations } = killing({ member: 'edge', atMs: 3000, forMs: 2000 });
  const [{ startMs, endMs }] = operations as [(typeof operations)[number]];
  t.ok(attempts.some(([atMs]) => atMs > startMs && atMs < endMs));
  t.equal(action.disturbs({ member: 'edge', service: 'edge', port: 8443 }, [])?.attacked, true);
});

t.test('what cannot be is refused, with what can', async (t) => {
  const bad = { code: 'bad-input' };
  t.throws(() => killing({ member: 'ledger', atMs: 0, forMs: 500 }), { ...bad, hint: /edge, front, back/ });
  t.throws(() => killing({ member: 'edge', atMs: 15_000, forMs: 2000 }), { ...bad, hint: /at most 16000/ });
  t.throws(() => killing({ member: 'edge', atMs: 0 }), { ...bad, message: /forMs/ });
  t.throws(() => killing({ member: 'edge', atMs: 0, forMs: 1e9 }), bad);
});

t.test('one member is killed once at a time: the other kill would start it early', async (t) => {
  const long = { member: 'edge', atMs: 1000, forMs: 3000 };
  for (const other of [
    { atMs: 2000, forMs: 500 },
    { atMs: 500, forMs: 1000 },
    { atMs: 4000, forMs: 500 },
  ])
    t.throws(() => killing(long, { member: 'edge', ...other }), {
      code: 'bad-input',
      message: /one kill of edge at a time/,
    });
  t.equal(killing(long, { member: 'edge', atMs: 6000, forMs: 500 }).operations.length, 2);
  t.equal(killing(long, { member: 'back', atMs: 2000, forMs: 500 }).operations.length, 2, 'another member');
});
