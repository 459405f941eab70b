import fc from 'fast-check';
import t from 'tap';
import type { Test } from 'tap';
import type { Schedule } from '../../../harness/model/index.ts';
import { bundlesOf, cutSegment, lengthOf, narrow, nothingCut, requestsIn } from '../../../harness/reproduce/index.ts';
import { compact } from '../../../harness/reproduce/cut.ts';
import { schedule, serialise } from '../../../harness/schedule/index.ts';
import { attacks, configured, kinds, plan, policy, stack, trace } from '../schedule/inputs.ts';
import { finishedRun } from './finished.ts';
import { endpoints } from '../../support/products.ts';

const made = schedule({ plan, stack, policy, trace, attacks, seed: 'cut', only: null, kinds, configured, endpoints });
const intercepts = (attack: number, form: number): boolean => made.attacks[attack]!.forms[form]!.during !== undefined;
const length = lengthOf(made.main);
const bounds = fc
  .tuple(fc.integer({ min: 0, max: length }), fc.integer({ min: 0, max: length }))
  .map(([a, b]): readonly [number, number] => [Math.min(a, b), Math.max(a, b)]);
const check = <T>(t: Test, property: fc.IProperty<T>): void => {
  t.doesNotThrow(() => fc.assert(property, { numRuns: 40 }));
};

t.test('a cut is a subset with its times moved to the beginning, and nothing after its end', async (t) => {
  const known = new Set(made.main.arrivals.map((one) => JSON.stringify(one)));
  check(
    t,
    fc.property(bounds, ([from, to]) => {
      const cut = cutSegment(made.main, from, to, intercepts);
      const times = [
        ...cut.arrivals.map(([at]) => at),
        ...cut.attempts.map(([at]) => at),
        ...cut.twins.flatMap(({ atMs }) => atMs),
        ...cut.operations.flatMap(({ startMs, endMs }) => [startMs, endMs]),
        ...cut.phases.flatMap(({ startMs, endMs }) => [startMs, endMs]),
      ];
      return (
        times.every((at) => at >= 0 && at <= to - from) &&
        cut.arrivals.every(([at, rank, route]) =>
          known.has(JSON.stringify([Math.round((at + from) * 10) / 10, rank, route])),
        ) &&
        cut.arrivals.length === made.main.arrivals.filter(([at]) => at >= from && at < to).length
      );
    }),
  );
});

t.test(
  'cuts beside each other hold everything once, but for what hangs on a window that was cut through',
  async (t) => {
    check(
      t,
      fc.property(fc.integer({ min: 1, max: length - 1 }), (at) => {
        const both = [cutSegment(made.main, 0, at, intercepts), cutSegment(made.main, at, length + 1, intercepts)];
        const count = (of: (segment: Schedule['main']) => number): number =>
          both.reduce((sum, one) => sum + of(one), 0);
        const through = made.main.operations.filter(({ startMs, endMs }) => startMs < at && endMs > at).length;
        return (
          count(({ arrivals }) => arrivals.length) === made.main.arrivals.length &&
          count(({ operations }) => operations.length) === made.main.operations.length - through &&
          count(({ attempts }) => attempts.filter(([, a, f]) => !intercepts(a, f)).length) ===
            made.main.attempts.filter(([, a, f]) => !intercepts(a, f)).length
        );
      }),
    );
  },
);

t.test('an attempt at a hop stands in a window of its form, or it is not there', async (t) => {
  check(
    t,
    fc.property(bounds, ([from, to]) => {
      const { attempts, operations } = cutSegment(made.main, from, to, intercepts);
      return attempts
        .filter(([, a, f]) => intercepts(a, f))
        .every(([at, a, f]) =>
          operations.some((one) => one.attack === a && one.form === f && one.startMs <= at && one.endMs >= at),
        );
    }),
  );
});

const [bundle] = bundlesOf(
  finishedRun((attack, form, segment, at) => attack === 'E2' && form === 1 && segment === 'main' && at > 9000),
);
const part = bundle!.part;
const narrowing = fc.record({
  others: fc.subarray([...nothingCut(part, 'E2').others]),
  forms: fc.subarray([0, 1], { minLength: 1 }),
  fromMs: fc.integer({ min: 0, max: Math.floor(part.firstMs) }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});

t.test(
  'what is made smaller names only attacks and forms that it has, keeps the failing one, and stays a load',
  async (t) => {
    check(
      t,
      fc.property(narrowing, (cut) => {
        const { schedule: small, own } = narrow(part, 'E2', cut);
        const fits = ([attack, form]: readonly [number, number]): boolean =>
          small.attacks[attack]?.forms[form] !== undefined;
        const allowed = new Set(['E2', ...cut.others]);
        const before = part.schedule.main.arrivals.filter(([at]) => at >= cut.fromMs).length;
        return (
          small.attacks.every(({ id }) => allowed.has(id)) &&
          small.main.attempts.every(([, attack, form]) => fits([attack, form])) &&
          small.main.operations.every(({ attack, form, canary }) => canary === true || fits([attack!, form!])) &&
          small.main.twins.every(({ forms }) => forms.length > 0 && forms.every(fits)) &&
          small.main.arrivals.length >= Math.min(120, before) &&
          (!cut.forms.includes(1) ||
            own.some((form) => small.attacks.find(({ id }) => id === 'E2')!.forms[form]!.variant === 'two'))
        );
      }),
    );
  },
);

t.test('less is kept of less: a smaller share is a subset, and the same cut gives the same bytes', async (t) => {
  check(
    t,
    fc.property(narrowing, fc.double({ min: 0, max: 1, noNaN: true }), (cut, factor) => {
      const large = narrow(part, 'E2', cut);
      const small = narrow(part, 'E2', { ...cut, share: cut.share * factor });
      const arrivals = new Set(large.schedule.main.arrivals.map((one) => JSON.stringify(one)));
      return (
        small.schedule.main.arrivals.every((one) => arrivals.has(JSON.stringify(one))) &&
        requestsIn(small.schedule.main) <= requestsIn(large.schedule.main) &&
        serialise(narrow(part, 'E2', cut).schedule) === serialise(large.schedule)
      );
    }),
  );
  t.equal(
    serialise(narrow(part, 'E2', nothingCut(part, 'E2')).schedule),
    serialise(part.schedule),
    'nothing cut is the part',
  );
});

t.test('of the sets of files a part keeps those that its operations name, whole or after their kind', async (t) => {
  const operation = (kind: string, op: Readonly<Record<string, unknown>>) => ({ kind, startMs: 1, endMs: 2, op });
  const operations = [
    operation('reload', { to: 'own' }),
    operation('storm', { deep: { sets: ['weather'] } }),
    operation('edit', { configuration: 'edit/spike/0' }),
  ];
  const names = ['reload/own', 'reload/other', 'weather', 'edit/spike/0', 'edit/spike/1', 'storm/unused'];
  const configurations = Object.fromEntries(names.map((name) => [name, { file: name }]));
  const part = compact({ ...made, configurations, main: { ...made.main, operations } }, new Set());
  t.same(Object.keys(part.configurations), ['reload/own', 'weather', 'edit/spike/0']);
});
