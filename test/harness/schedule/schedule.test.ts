import { createHash } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import type { HoldfastError } from '../../../harness/model/index.ts';
import type { Test } from 'tap';
import type { Operation, Schedule } from '../../../harness/model/index.ts';
import { materialise, schedule, serialise } from '../../../harness/schedule/index.ts';
import type { ScheduleInput } from '../../../harness/schedule/index.ts';
import { attacks, configured, kinds, plan, policy, stack, trace } from './inputs.ts';
import { endpoints } from '../../support/products.ts';

const input: Omit<ScheduleInput, 'seed'> = {
  plan,
  stack,
  policy,
  trace,
  attacks,
  only: null,
  kinds,
  configured,
  endpoints,
};
const make = (seed: string, more: Partial<ScheduleInput> = {}): Schedule => schedule({ ...input, ...more, seed });
const seeds = fc.string({ maxLength: 20 });
const check = (t: Test, property: fc.IProperty<[string]>): void => {
  t.doesNotThrow(() => fc.assert(property, { numRuns: 25 }));
};

t.test('same input, same bytes, in whatever order the attacks were found; another seed, other bytes', async (t) => {
  check(
    t,
    fc.property(seeds, (seed) => {
      const bytes = serialise(make(seed));
      return (
        bytes === serialise(make(seed, { attacks: attacks.toReversed() })) && bytes !== serialise(make(`${seed}.`))
      );
    }),
  );
});

t.test('the bytes are pinned: any machine must make the same', async (t) => {
  const made = make('pinned');
  t.strictSame(made.main.arrivals.slice(0, 3), [
    [18.4, 0.3964, 2],
    [50.4, 0.3237, 0],
    [54.6, 0.0945, 5],
  ]);
  t.equal(
    createHash('sha256').update(serialise(made)).digest('hex'),
    'e4286129a60a97dae29cccf2d337550e85c238c4e3ceb017d73858c623fd2a5e',
  );
  t.equal(
    createHash('sha256')
      .update(serialise({ ...made, capacity: null }))
      .digest('hex'),
    '8959f7d22be9d48e4db2705f97157b5963e2a79d48a6449eb5e9a5a8e8d381d1',
    'but for the ramp, a seed of an older version still gives the same',
  );
});

t.test('attacks in the order of their ids; what does not apply is listed, without forms', async (t) => {
  const { attacks: listed } = make('a');
  t.strictSame(
    listed.map(({ id }) => id),
    ['E2', 'E9', 'E12', 'M1', 'M5', 'M17'],
  );
  t.strictSame(
    listed.map(({ required }) => required),
    [149, 59, 59, 149, 149, 149],
  );
  t.strictSame(listed[1]!.forms, []);
});

t.test('enough attempts of every attack, of every form, in every phase', async (t) => {
  check(
    t,
    fc.property(seeds, (seed) => {
      const { attacks: listed, main } = make(seed);
      return listed.every(({ forms, required }, a) => {
        const own = main.attempts.filter(([, attack]) => attack === a);
        if (forms.length === 0) return own.length === 0;
        const inPhases = main.phases.map(({ startMs, endMs }) => own.filter(([at]) => at >= startMs && at < endMs));
        return (
          own.length >= required * 1.1 &&
          new Set(own.map(([, , form]) => form)).size === forms.length &&
          inPhases.every((attempts) => attempts.length >= required * 0.08)
        );
      });
    }),
  );
});

/** The operations that belong to forms: the windows of interceptions. */
const windowsOf = ({ operations }: Schedule['main']): readonly (Operation & { attack: number; form: number })[] =>
  operations.flatMap((one) => (one.attack === undefined ? [] : [{ ...one, attack: one.attack, form: one.form! }]));
const disturbs = (window: Operation): string => (window.op as { hop: { to: string } }).hop.to;

t.test(
  'an interception is tried inside its own window only, anything else never while its twin is cut off',
  async (t) => {
    check(
      t,
      fc.property(seeds, (seed) => {
        const made = make(seed);
        const { attempts, twins } = made.main;
        const windows = windowsOf(made.main);
        const clear = (at: number, crosses: readonly string[]): boolean =>
          windows.every(
            (window) => !crosses.includes(disturbs(window)) || at <= window.startMs - 250 || at >= window.endMs + 250,
          );
        return (
          attempts.every(([at, a, f]) => {
            const form = made.attacks[a]!.forms[f]!;
            if (form.during !== undefined)
              return windows.some(
                (w) => w.attack === a && w.form === f && at >= w.startMs + 350 && at <= w.endMs - 150,
              );
            const services =
              form.twin.kind === 'traffic'
                ? form.twin.route === 'orders'
                  ? ['front', 'back']
                  : ['front']
                : // Who speaks to a service itself passes no hop before it.
                  form.send.to === 'front'
                  ? ['back']
                  : [];
            return clear(at, services);
          }) &&
          twins.every(
            ({ send, atMs }) => atMs.length > 20 && atMs.every((at) => clear(at, send.to === 'front' ? ['back'] : [])),
          )
        );
      }),
    );
  },
);

t.test('windows: one at a time, within a phase, in each phase, every form once', async (t) => {
  check(
    t,
    fc.property(seeds, (seed) => {
      const { main } = make(seed);
      const [windows, phases] = [windowsOf(main), main.phases];
      return (
        windows.every(
          ({ startMs, endMs }, i) =>
            Math.abs(endMs - startMs - 800) < 0.01 && (i === 0 || startMs >= windows[i - 1]!.endMs + 499.8),
        ) &&
        windows.every(({ startMs, endMs }) =>
          phases.some((phase) => startMs >= phase.startMs + 249.9 && endMs <= phase.endMs - 249.9),
        ) &&
        phases.every((phase) => windows.some(({ startMs }) => startMs >= phase.startMs && startMs < phase.endMs)) &&
        new Set(windows.map(({ form }) => form)).size === 4
      );
    }),
  );
});

t.test('where there is room for few windows, each variant and each hop still stands once', async (t) => {
  const short = { ...plan, phases: plan.phases.map((phase) => ({ ...phase, durationMs: 2000 })) };
  const windows = windowsOf(make('a', { plan: short }).main);
  t.equal(windows.length, 3);
  const stood = windows.map(({ form }) => form);
  t.equal(new Set(stood.map((form) => form % 2)).size, 2, 'variants');
  t.equal(new Set(stood.map((form) => form >> 1)).size, 2, 'hops');
});

t.test('windows keep clear of both ends of the segment, where nothing would show the hop open', async (t) => {
  check(
    t,
    fc.property(seeds, (seed) => {
      const { main } = make(seed);
      const [windows, phases] = [windowsOf(main), main.phases];
      return windows.every(({ startMs, endMs }) => startMs >= 749.9 && endMs <= phases.at(-1)!.endMs - 749.9);
    }),
  );
});

t.test('what room is left goes to the forms of critical attacks first', async (t) => {
  const standard = attacks
    .filter(({ meta }) => meta.id === 'M5')
    .map((one) => ({ ...one, meta: { ...one.meta, id: 'M4', critical: false } }));
  const short = { ...plan, phases: plan.phases.map((phase, p) => ({ ...phase, durationMs: p === 1 ? 10_000 : 2000 })) };
  check(
    t,
    fc.property(seeds, (seed) => {
      const { main, attacks: listed } = make(seed, { plan: short, attacks: [...attacks, ...standard] });
      const stood = (id: string): number =>
        new Set(
          windowsOf(main)
            .filter(({ attack }) => listed[attack]!.id === id)
            .map(({ form }) => form),
        ).size;
      return stood('M5') === 4 && stood('M4') === main.operations.length - 4;
    }),
  );
});

t.test('everything is in order, within its segment, and of the right decimals', async (t) => {
  check(
    t,
    fc.property(seeds, (seed) => {
      const made = make(seed);
      return [made.main, made.capacity!].every(({ phases, arrivals, attempts, twins }) => {
        const end = phases.at(-1)!.endMs;
        return [arrivals.map(([at]) => at), attempts.map(([at]) => at), ...twins.map(({ atMs }) => atMs)].every(
          (times) =>
            times.length > 0 &&
            times.every(
              (at, i) => at >= (times[i - 1] ?? 0) && at <= end && Math.abs(at * 10 - Math.round(at * 10)) < 1e-6,
            ),
        );
      });
    }),
  );
});

t.test('thinning keeps the intended rate, bin by bin, within what Poisson arrivals may stray', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.05, max: 1, noNaN: true }), (seed, keep) => {
        const { main, routes } = make(seed);
        const kept = materialise(main, keep, routes);
        // Levels: the trace's rate over the largest, 8 per second.
        const stretches = [
          [0, 4000, 1 / 8],
          [4000, 12_000, 0.5],
          [12_000, 20_000, 1],
          [20_000, 24_000, 1 / 8],
        ] as const;
        return stretches.every(([from, to, level]) => {
          const expected = ((to - from) / 1000) * plan.load.ceilingPerSecond * level * keep;
          const found = kept.filter(([at]) => at >= from && at < to).length;
          const twins = (2 * 5 * (to - from)) / 1000;
          const strays = 6 * Math.sqrt(expected) + 2;
          return found >= expected - strays && found <= expected + strays + twins;
        });
      }),
      { numRuns: 25 },
    ),
  );
});

t.test(
  'however few are kept, each route keeps enough of them for an attempt to have a twin on both sides',
  async (t) => {
    const { main, routes } = make('a');
    const kept = materialise(main, 0, routes);
    t.ok(kept.length < main.arrivals.length / 4);
    for (const id of new Set(routes.map((route) => route.id))) {
      const of = (arrivals: typeof kept) => arrivals.flatMap(([at, , slot]) => (routes[slot]!.id === id ? [at] : []));
      const [own, all] = [of(kept), of(main.arrivals)];
      t.ok(
        own.every(
          (at, i) => i === 0 || at - own[i - 1]! <= 200 || !all.some((one) => one > own[i - 1]! + 200 && one < at),
        ),
        `${id}: the first after 0.2 s`,
      );
      t.ok(own.length >= 48, `${id}: ${own.length} in 24 s`);
    }
  },
);

t.test('the ramp keeps every arrival, rises step by step, and has the attacks beside it', async (t) => {
  const { capacity, main, routes } = make('a');
  t.equal(materialise(capacity!, 0.001, routes).length, capacity!.arrivals.length);
  const counts = [0, 1, 2].map((step) => capacity!.arrivals.filter(([at]) => Math.floor(at / 1000) === step).length);
  [50, 87, 150].forEach((rate, step) => t.ok(Math.abs(counts[step]! - rate) < 6 * Math.sqrt(rate), `step ${step}`));
  t.strictSame(capacity!.operations, []);
  const ordinary = main.attempts.filter(([, attack]) => attack !== 4).length;
  t.ok(Math.abs(capacity!.attempts.length / ordinary / (3 / 24) - 1) < 0.25, 'at the mean rate of the main segment');
});

t.test('the attacks of a ramp begin in mid warm-up, so that their first cost is no limit of the stack', async (t) => {
  const { capacity } = plan.load;
  if (!('steps' in capacity)) throw new Error('the plan of these tests has a ramp');
  const warm = { ...plan, load: { ...plan.load, capacity: { ...capacity, warmUpMs: 2000 } } };
  const made = make('a', { plan: warm }).capacity!;
  t.match(made.phases, [{ id: 'capacity', startMs: 1000, endMs: 5000 }]);
  const [first] = made.attempts;
  t.ok(first![0] >= 1000 && first![0] < 1500, String(first));
  t.ok(made.arrivals.some(([at]) => at < 500));
});

t.test('routes: by weight, over several users, with what they cross', async (t) => {
  const { routes, main } = make('a');
  t.strictSame(routes.length, 16);
  t.match(routes[8], {
    id: 'orders',
    path: '/orders/customer-1/1',
    subject: 'customer-1',
    claims: { role: 'customer' },
    crosses: ['front', 'back'],
  });
  const share = main.arrivals.filter(([, , route]) => route < 8).length / main.arrivals.length;
  t.ok(Math.abs(share - 0.75) < 0.05);
  t.equal(new Set(main.arrivals.map(([, , route]) => route)).size, 16);
});

t.test('twins of one request make one stream for all their forms', async (t) => {
  const { twins } = make('a').main;
  t.strictSame(
    twins.map(({ forms }) => forms),
    [
      [
        [3, 0],
        [3, 1],
      ],
      [[3, 2]],
    ],
  );
});

t.test('only: the others are listed without attempts', async (t) => {
  const { attacks: listed, main } = make('a', { only: 'E2' });
  t.equal(listed.length, 6);
  t.strictSame(new Set(main.attempts.map(([, attack]) => attack)), new Set([0]));
  t.strictSame([main.operations, main.twins], [[], []]);
});

t.test('a plan that does not fit the policy is refused', async (t) => {
  const route = plan.load.routes[0]!;
  const withRoute = (change: object) => ({
    plan: { ...plan, load: { ...plan.load, routes: [{ ...route, ...change }] } },
  });
  t.throws(() => make('a', withRoute({ role: 'admin' })), {
    code: 'bad-input',
    message: /admin/,
  });
  t.throws(() => make('a', withRoute({ path: '/secret' })), { code: 'bad-input', message: /GET \/secret/ });
  t.throws(() => make('a', withRoute({ id: 'other' })), { code: 'bad-input', message: /"catalogue", the twin/ });
});

t.test(
  'what a phase asks for, and what is requested beside it, is in the schedule with the files that it needs',
  async (t) => {
    const phases = plan.phases.map((phase, p) =>
      p === 1 ? { ...phase, actions: [{ do: 'kill', forMs: 500 }] } : phase,
    );
    const made = make('a', { plan: { ...plan, phases }, requested: [{ do: 'kill', forMs: 10 }] });
    const kills = made.main.operations.filter(({ kind }) => kind === 'kill');
    t.match(kills, [
      { startMs: 100, endMs: 110, op: { what: 'edge' } },
      { startMs: 4100, endMs: 4600 },
    ]);
    t.strictSame(made.configurations, { 'kill/file': { a: 'b' } });
    const during = made.main.attempts.filter(([at]) => at > 4100 && at < 4600);
    t.ok(during.length > 0, 'attempts go on while it acts: that is when a door may stand open');
  },
);

t.test('an action that there is not, one that a plan cannot ask for, and options that it does not take', async (t) => {
  const asking = (action: { readonly do: string }): (() => Schedule) => {
    const phases = plan.phases.map((phase, p) => (p === 1 ? { ...phase, actions: [action] } : phase));
    return () => make('a', { plan: { ...plan, phases } });
  };
  t.throws(asking({ do: 'kil' }), { code: 'bad-input', message: /found "kil"/ });
  t.throws(asking({ do: 'intercept' }), { code: 'bad-input', message: /that a plan may ask for, found "intercept"/ });
  t.throws(asking({ do: 'kill' }), {
    code: 'bad-input',
    message: /the action kill takes in phase spike, found forMs/,
    hint: /it takes forMs/,
  });
});

t.test(
  'what is wrong with an action of a plan is said with its place; what was requested beside it has none',
  async (t) => {
    const phases = plan.phases.map((phase, p) => (p === 1 ? { ...phase, actions: [{ do: 'kil' }] } : phase));
    const place = { file: 'plan.yaml', line: 7, column: 9 };
    t.throws(() => make('a', { plan: { ...plan, phases }, actionPlaces: [[], [place]] }), { code: 'bad-input', place });
    try {
      make('a', { requested: [{ do: 'kil' }], actionPlaces: [[], [place]] });
      t.fail('it is refused');
    } catch (error) {
      t.equal((error as HoldfastError).place, undefined);
    }
  },
);

t.test('two sets of files of one name are refused, and not one taken for the other', async (t) => {
  let n = 0;
  const { plan: lay, ...kill } = kinds.actions.get('kill')!;
  const counting = {
    ...kill,
    plan: (...given: Parameters<NonNullable<typeof lay>>) => ({
      ...lay!(...given),
      configurations: { own: { a: String(n++) } },
    }),
  };
  const requested = [
    { do: 'kill', forMs: 10 },
    { do: 'kill', forMs: 20 },
  ];
  t.throws(
    () => make('a', { requested, kinds: { ...kinds, actions: new Map([...kinds.actions, ['kill', counting]]) } }),
    {
      code: 'bad-input',
      message: /found "own" again/,
    },
  );
});

t.test(
  'a form of a sender, of evidence, or during an action that there is not is refused before anything starts',
  async (t) => {
    const [first] = attacks;
    const [form] = first!.attack.attempts({ stack, policy, hops: [], endpoints });
    const asking = (more: object) => () =>
      make('a', { attacks: [{ ...first!, attack: { attempts: () => [{ ...form!, ...more }] } }] });
    t.throws(asking({ send: { ...form!.send, transport: 'quic' } }), { code: 'bad-input', message: /found "quic"/ });
    t.throws(asking({ send: { ...form!.send, transport: 'h2c', tls: { maximum: '1.2' } } }), {
      code: 'bad-input',
      message: /tls: expected none/,
    });
    t.throws(asking({ twin: { kind: 'request', send: { ...form!.send, transport: 'quic' } } }), {
      code: 'bad-input',
      message: /the twin of .* found "quic"/,
      hint: /h2c, hello, plain, tls/,
    });
    t.throws(asking({ evidence: 'hearsay' }), { code: 'bad-input', message: /found "hearsay"/, hint: /witness/ });
    t.throws(asking({ during: { action: 'flood', op: {} } }), { code: 'bad-input', message: /found "flood"/ });
    t.throws(asking({ send: { ...form!.send, transport: 'hello' } }), {
      code: 'bad-input',
      message: /hello: expected one/,
    });
  },
);

t.test('no hop is taken over while something else disturbs the stack', async (t) => {
  const phases = plan.phases.map((phase) =>
    phase.id === 'spike' ? { ...phase, actions: [{ do: 'kill', forMs: 5000 }] } : phase,
  );
  check(
    t,
    fc.property(seeds, (seed) => {
      const { operations } = make(seed, { plan: { ...plan, phases } }).main;
      const [killed] = operations.filter(({ kind }) => kind === 'kill');
      const windows = operations.filter(({ kind }) => kind === 'intercept');
      return (
        killed !== undefined &&
        windows.some(({ startMs }) => startMs > killed.endMs) &&
        windows.every(({ startMs, endMs }) => endMs < killed.startMs || startMs > killed.endMs)
      );
    }),
  );
});
