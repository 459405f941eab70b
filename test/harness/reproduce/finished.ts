import { buildReport } from '../../../harness/check/index.ts';
import type { AttackRecord, HistoryRecord, Plan, Schedule, Segment } from '../../../harness/model/index.ts';
import type { FinishedRun } from '../../../harness/reproduce/index.ts';
import { keepFor, materialise, schedule } from '../../../harness/schedule/index.ts';
import type { ScheduleInput } from '../../../harness/schedule/index.ts';
import { attempt, attackOf, end, formOf, legit, phase, runOf, withJournals, witness } from '../../support/history.ts';
import { discoverKinds } from '../../../harness/kinds/index.ts';
import { attacks, configured, kinds as acting, plan as small, policy, stack, trace } from '../schedule/inputs.ts';
import { endpoints } from '../../support/products.ts';

const kinds = await discoverKinds();

/** Where the segments begin in the run's time, in ms. */
export const origins = { capacity: 1000, main: 20_000 } as const;

const perSecond = 250;

/** Does the stack admit this attempt? */
export type Admits = (attack: string, form: number, segment: 'capacity' | 'main', atMs: number) => boolean;

/** A run of the small plan on a stack that admits what it is told to, as its history and its schedule. */
export const finishedRun = (
  admits: Admits,
  more: Partial<FinishedRun> = {},
  plan: Plan = small,
  requested: ScheduleInput['requested'] = [],
): FinishedRun => {
  const seed = 'finished';
  const made = schedule({
    plan,
    stack,
    policy,
    trace,
    attacks,
    seed,
    only: null,
    kinds: { ...kinds, actions: new Map([...kinds.actions, ...acting.actions]) },
    configured,
    endpoints,
    requested,
  });
  const records: HistoryRecord[] = [
    {
      ...runOf(attackRecords(made), { plan, policy, seed }),
      routes: made.routes,
      stack: { id: 'envoy-envoy', title: 'Small', hops: [], notApplicable: {} },
    },
    {
      type: 'capacity',
      perSecond,
      measured: true,
      clamped: false,
      peakPerSecond: plan.load.peak * perSecond,
      steps: [],
    },
    phase('capacity', origins.capacity, origins.capacity + 3000),
    ...made.main.phases.map(({ id, startMs, endMs }) => phase(id, origins.main + startMs, origins.main + endMs)),
  ];
  let seq = 0;
  for (const name of ['capacity', 'main'] as const) {
    const segment: Segment = made[name]!;
    const keep = name === 'capacity' ? 1 : keepFor(plan, perSecond).keep;
    for (const [atMs, , route] of materialise(segment, keep, made.routes))
      records.push(legit((seq += 1), origins[name] + atMs, { route }));
    for (const [atMs, at, form] of segment.attempts) {
      const { id } = made.attacks[at]!;
      records.push(attempt((seq += 1), origins[name] + atMs, { attack: id, form }));
      if (admits(id, form, name, atMs)) records.push(witness(seq, origins[name] + atMs + 2));
    }
  }
  records.push(end());
  const whole = withJournals(records);
  return {
    records: whole,
    report: buildReport(whole, kinds),
    schedule: made,
    configuration: { 'compose.yaml': 'services: {}\n', 'edge/envoy.yaml': 'a: 1\n' },
    kinds,
    ...more,
  };
};

const attackRecords = ({ attacks: scheduled }: Schedule): AttackRecord[] =>
  attacks.map(({ meta }) =>
    attackOf({
      ...meta,
      forms: (scheduled.find(({ id }) => id === meta.id)?.forms ?? []).map(({ variant, target, vantage, twin }) =>
        formOf({ variant, target, vantage, route: twin.kind === 'traffic' ? twin.route : null }),
      ),
    }),
  );
