import t from 'tap';
import { action } from '../../../../../harness/kinds/actions/plant/op.ts';
import { hopsOf } from '../../../../../harness/declare/stack/index.ts';
import type { Action, Schedule, Segment } from '../../../../../harness/model/index.ts';
import { cutSegment, leavesTrace, lengthOf } from '../../../../../harness/reproduce/index.ts';
import { schedule } from '../../../../../harness/schedule/index.ts';
import { endpoints } from '../../../../support/products.ts';
import { attacks, configured, kinds, plan, policy, stack, trace } from '../../../schedule/inputs.ts';

const planting = { ...kinds, actions: new Map([...kinds.actions, ['plant', action as unknown as Action]]) };
const make = (known: typeof kinds): Schedule =>
  schedule({ plan, stack, policy, trace, attacks, seed: 'plant', only: null, kinds: known, configured, endpoints });
const made = make(planting);
const canariesOf = ({ operations }: Segment): Segment['operations'] =>
  operations.filter(({ canary }) => canary === true);
const hops = hopsOf(stack);

t.test('one on each link in the middle of each phase, the ramp too, and nothing else is moved', async (t) => {
  for (const segment of [made.main, made.capacity!])
    t.strictSame(
      canariesOf(segment),
      segment.phases.flatMap(({ startMs, endMs }) =>
        hops.map((hop) => {
          const atMs = (startMs + endMs) / 2;
          return { kind: 'plant', startMs: atMs, endMs: atMs, canary: true, op: { hop } };
        }),
      ),
    );
  const without = (segment: Segment): Segment => ({
    ...segment,
    operations: segment.operations.filter(({ canary }) => canary !== true),
  });
  t.strictSame({ ...made, main: without(made.main), capacity: without(made.capacity!) }, make(kinds));
});

t.test('a part of a phase has its own, in its middle; it makes no part of a stack that was changed', async (t) => {
  const length = lengthOf(made.main);
  for (const [fromMs, toMs] of [
    [0, length],
    [5000, 9000],
    [length - 100, length],
  ] as const) {
    const cut = cutSegment(made.main, fromMs, toMs, () => true);
    const middles = cut.phases.flatMap(({ startMs, endMs }) => hops.map(() => (startMs + endMs) / 2));
    t.strictSame(
      canariesOf(cut).map(({ startMs }) => startMs),
      middles,
    );
    t.notOk(canariesOf(cut).some(leavesTrace));
  }
});
