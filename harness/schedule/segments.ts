import type { AppService, Plan, Policy, RouteSlot, Segment, Trace } from '../model/index.ts';
import { poissonArrivals } from './arrivals.ts';
import type { SelectedAttack } from './attacks.ts';
import { scheduledAttempts } from './attacks.ts';
import { byTime, sharesOf, spreadAttempts, windowAttempts } from './attempts.ts';
import { spreadCorpus } from './corpus.ts';
import { blockedFor, dependencies } from './disturbance.ts';
import type { OpenWindow } from './disturbance.ts';
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
  readonly trace: Trace;
  readonly routes: readonly RouteSlot[];
  readonly attacks: readonly SelectedAttack[];
  readonly seed: string;
};

/** The forms that run, apart by whether they need windows. */
const formsOf = ({ attacks, services, policy, routes }: Ingredients, windows: readonly OpenWindow[]) =>
  attacks.map(({ forms, runs }, attack) => {
    const open = (runs ? forms : []).map((form, index) => ({
      attack,
      index,
      form,
      blocked: blockedFor(dependencies(form, policy, services, routes), windows),
    }));
    return { ordinary: open.filter(({ form }) => form.interception === undefined), all: open };
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
    const cells = forms.flatMap(({ interception, variant, target }, index) =>
      interception === undefined ? [] : [{ index, variant, target }],
    );
    return runs && cells.length > 0
      ? [{ attack, critical, cells, attempts: scheduledAttempts(required, 'interception') }]
      : [];
  });
  const windows = placeWindows(phases, plan.interceptionMs, interceptors, seed).map((window) => ({
    ...window,
    cutsOff: attacks[window.attack]!.forms[window.form]!.interception!.hop.to,
  }));
  const forms = formsOf(ingredients, windows);
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
  return { phases, arrivals, twins, windows: windows.map(({ cutsOff: _, ...window }) => window), attempts };
};

/**
 * The ramp: after the warm-up, equal steps from the lowest to the highest rate, every arrival kept, with the attacks running beside it at the
 * main segment's mean rate, so that what it measures is the capacity that is left to the traffic. Null where the plan fixes it.
 */
export const rampSegment = (ingredients: Ingredients): Segment | null => {
  const { plan, attacks, seed } = ingredients;
  const { capacity } = plan.load;
  if (!('steps' in capacity)) return null;
  const { steps, stepMs, warmUpMs } = capacity;
  const phases = [{ id: 'capacity', startMs: warmUpMs, endMs: warmUpMs + steps * stepMs }];
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
      const count = Math.ceil((inMain * steps * stepMs) / mainMs);
      const spread = corpus ? spreadCorpus : spreadAttempts;
      return spread(attack, ordinary, phases, [count], randomStream(seed, `ramp/attempts/${id}`));
    })
    .toSorted(byTime);
  const twins = twinStreams(
    forms.flatMap(({ ordinary }) => ordinary),
    phases,
    randomStream(seed, 'ramp/twins'),
  );
  return { phases, arrivals, twins, windows: [], attempts };
};

/** Rates of the ramp's steps, lowest first. */
export const stepRates = ({
  fromPerSecond,
  toPerSecond,
  steps,
}: {
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
  readonly steps: number;
}): readonly number[] =>
  Array.from(
    { length: steps },
    (_, i) => fromPerSecond + (steps === 1 ? 0 : (i * (toPerSecond - fromPerSecond)) / (steps - 1)),
  );
