import type {
  AppService,
  Disturbance,
  Hop,
  Kinds,
  Operation,
  Plan,
  Policy,
  RouteSlot,
  Segment,
  Trace,
} from '../model/index.ts';
import { poissonArrivals } from './arrivals.ts';
import type { SelectedAttack } from './attacks.ts';
import { scheduledAttempts } from './attacks.ts';
import { byTime, sharesOf, spreadAttempts, windowAttempts } from './attempts.ts';
import { spreadCorpus } from './corpus.ts';
import { avoided, blockedFor, dependencies, undisturbed } from './disturbance.ts';
import { randomStream } from './random.ts';
import { routeDraw } from './routes.ts';
import { phaseSlots, shapeOf } from './shape.ts';
import { twinStreams } from './twins.ts';
import { placeWindows } from './windows.ts';

/** What both segments are made from. */
export type Ingredients = {
  readonly plan: Plan;
  readonly services: readonly AppService[];
  readonly policy: Policy;
  readonly hops: readonly Hop[];
  readonly kinds: Pick<Kinds, 'actions'>;
  /** What phases and sabotages ask for, in the main segment. */
  readonly operations: readonly Operation[];
  readonly trace: Trace;
  readonly routes: readonly RouteSlot[];
  readonly attacks: readonly SelectedAttack[];
  readonly seed: string;
};

/** The forms that run, apart by whether an action has to act for them. */
const formsOf = ({ attacks, services, policy, hops, routes }: Ingredients, disturbances: readonly Disturbance[]) =>
  attacks.map(({ forms, runs }, attack) => {
    const open = (runs ? forms : []).map((form, index) => ({
      attack,
      index,
      form,
      blocked: blockedFor(dependencies(form, policy, services, hops, routes), disturbances),
    }));
    return { ordinary: open.filter(({ form }) => form.during === undefined), all: open };
  });

/** The main segment: the phases of the plan, with the compressed trace up to the ceiling. */
export const mainSegment = (ingredients: Ingredients): Segment => {
  const { plan, trace, attacks, seed } = ingredients;
  const phases = phaseSlots(plan);
  const rate = (level: number): number => level * plan.load.ceilingPerSecond;
  const arrivals = poissonArrivals(
    shapeOf(plan, trace).map(({ startMs, endMs, level }) => ({ startMs, endMs, perSecond: rate(level) })),
    randomStream(seed, 'main/arrivals'),
    randomStream(seed, 'main/ranks'),
    routeDraw(plan, randomStream(seed, 'main/routes')),
  );

  const interceptors = attacks.flatMap(({ forms, required, critical, runs }, attack) => {
    const cells = forms.flatMap(({ during, variant, target }, index) =>
      during === undefined ? [] : [{ index, variant, target }],
    );
    return runs && cells.length > 0
      ? [{ attack, critical, cells, attempts: scheduledAttempts(required, 'interception') }]
      : [];
  });
  const free = undisturbed(phases, ingredients.kinds, ingredients.operations, ingredients.hops);
  const windows = placeWindows(free, plan.interceptionMs, interceptors, seed);
  const operations = [
    ...windows.map(({ attack, form, startMs, endMs }): Operation => {
      const { action, op } = attacks[attack]!.forms[form]!.during!;
      return { kind: action, startMs, endMs, attack, form, op };
    }),
    ...ingredients.operations,
  ].toSorted((a, b) => a.startMs - b.startMs);
  const forms = formsOf(ingredients, avoided(ingredients.kinds, operations, ingredients.hops));
  const attempts = [
    ...forms.flatMap(({ ordinary }, attack) => {
      if (ordinary.length === 0) return [];
      const { id, required, corpus } = attacks[attack]!;
      const random = randomStream(seed, `main/attempts/${id}`);
      const wanted = scheduledAttempts(required, 'ordinary');
      if (corpus) {
        const counts = sharesOf(phases, Math.max(wanted, ordinary.length), 0);
        return spreadCorpus(attack, ordinary, phases, counts, random);
      }
      return spreadAttempts(attack, ordinary, phases, sharesOf(phases, wanted, ordinary.length), random);
    }),
    ...interceptors.flatMap(({ attack, attempts: count }) => {
      const { id, forms: all } = attacks[attack]!;
      const own = windows.filter((window) => window.attack === attack);
      return windowAttempts(own, count, (window) => all[window.form]!, randomStream(seed, `main/interceptions/${id}`));
    }),
  ].toSorted(byTime);
  const twins = twinStreams(
    forms.flatMap(({ all }) => all),
    phases,
    randomStream(seed, 'main/twins'),
  );
  return { phases, arrivals, twins, operations, attempts };
};

/**
 * The ramp: after the warm-up, steps from the lowest to the highest rate, each as long, every arrival kept, with the attacks running beside it at the
 * main segment's mean rate, so that what it measures is the capacity that is left to the traffic. Null where the plan fixes it.
 */
export const rampSegment = (ingredients: Ingredients): Segment | null => {
  const { plan, attacks, seed } = ingredients;
  const { capacity } = plan.load;
  if (!('steps' in capacity)) return null;
  const { steps, stepMs, warmUpMs } = capacity;
  // Attacks begin in mid warm-up: what first attempts cost, a cold sender and new connections, is no limit of the stack.
  const [startMs, endMs] = [warmUpMs / 2, warmUpMs + steps * stepMs];
  const phases = [{ id: 'capacity', startMs, endMs }];
  const warmUp = { startMs: 0, endMs: warmUpMs, perSecond: capacity.fromPerSecond };
  const rates = stepRates(capacity).map((perSecond, i) => {
    const startMs = warmUpMs + i * stepMs;
    return { startMs, endMs: startMs + stepMs, perSecond };
  });
  const arrivals = poissonArrivals(
    warmUpMs === 0 ? rates : [warmUp, ...rates],
    randomStream(seed, 'ramp/arrivals'),
    () => 0,
    routeDraw(plan, randomStream(seed, 'ramp/routes')),
  );
  const mainMs = plan.phases.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const forms = formsOf(ingredients, []);
  const attempts = forms
    .flatMap(({ ordinary }, attack) => {
      if (ordinary.length === 0) return [];
      const { id, required, corpus } = attacks[attack]!;
      const inMain = Math.max(scheduledAttempts(required, 'ordinary'), corpus ? ordinary.length : 0);
      const count = Math.ceil((inMain * (endMs - startMs)) / mainMs);
      const spread = corpus ? spreadCorpus : spreadAttempts;
      return spread(attack, ordinary, phases, [count], randomStream(seed, `ramp/attempts/${id}`));
    })
    .toSorted(byTime);
  const twins = twinStreams(
    forms.flatMap(({ ordinary }) => ordinary),
    phases,
    randomStream(seed, 'ramp/twins'),
  );
  return { phases, arrivals, twins, operations: [], attempts };
};

/** Rates of the ramp's steps, lowest first, each the same factor above the one before: a stack is warm by the time when it breaks. */
export const stepRates = ({
  fromPerSecond,
  toPerSecond,
  steps,
}: {
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
  readonly steps: number;
}): readonly number[] =>
  Array.from({ length: steps }, (_, i) =>
    Math.round(fromPerSecond * (toPerSecond / fromPerSecond) ** (steps === 1 ? 0 : i / (steps - 1))),
  );
