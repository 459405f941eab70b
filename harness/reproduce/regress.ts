import type { Form, Plan } from '../model/index.ts';
import type { Bundle, Part } from './bundle.ts';
import { lengthOf } from './cut.ts';

/** The load of a regression test: enough for twins beside every attempt, little enough for any machine. */
const leastPerSecond = 60;
const durationMs = 6000;
/** Attempts follow from the bound: enough to find an admission as likely as the recorded one, with 95%; never fewer than 59. */
const [finest, coarsest] = [0.001, 0.05];
/** With more forms than these an attack is named as a whole. */
const mostForms = 12;

/** Id and file name of the regression test of an incident. */
export const regressName = ({ incident }: Bundle): string =>
  `regress-${incident.id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`;

/**
 * A small plan that asks for what a part of a schedule showed: its attacks by form, a fixed rate, one phase. A plan has its own
 * schedule, so it is another way to the same incident, and has to be seen to find it. Null, in words why, where no plan can say it.
 * `routes`: `needed`, the routes that serve as twins, or `all` of the recorded plan.
 */
export const regressPlan = (bundle: Bundle, part: Part, routes: 'needed' | 'all'): Plan | string => {
  const { plan, incident } = bundle;
  const asked = new Set(plan.phases.flatMap(({ actions = [] }) => actions.map((action) => action.do)));
  const beside = part.schedule.main.operations.find(
    ({ kind, attack, canary }) => attack === undefined && canary !== true && !asked.has(kind),
  );
  if (beside !== undefined)
    return `what was done to the stack beside the plan (${beside.kind}) does not fit into a plan`;
  const { attacks, main } = part.schedule;
  const phase = plan.phases.find(({ id }) => incident.phases.includes(id)) ?? plan.phases[0]!;
  const perSecond = Math.ceil(Math.max(leastPerSecond, (main.arrivals.length * 1000) / Math.max(1, lengthOf(main))));
  const twins = new Set(
    attacks.flatMap(({ forms }) => forms.flatMap(({ twin }) => (twin.kind === 'traffic' ? [twin.route] : []))),
  );
  const needed = plan.load.routes.filter(({ id }) => twins.has(id));
  const share = incident.admitted / Math.max(1, incident.of);
  const bound = Number(Math.min(coarsest, Math.max(finest, share)).toPrecision(2));
  const { actions } = phase;
  return {
    id: regressName(bundle),
    description: `${incident.id}: ${incident.title}. Found by ${bundle.run.run}.`,
    stack: bundle.stack.id,
    trace: plan.trace,
    load: {
      ...plan.load,
      peak: 1,
      ceilingPerSecond: perSecond,
      capacity: { fixedPerSecond: perSecond },
      routes: routes === 'all' || needed.length === 0 ? plan.load.routes : needed,
    },
    phases: [{ id: 'load', trace: phase.trace, durationMs, ...(actions !== undefined && { actions }) }],
    bounds: { standard: bound, critical: bound },
    attacks: attacks.flatMap(({ id, forms }) => entriesOf(id, [...forms, ...probesOf(bundle, id)])),
    interceptionMs: plan.interceptionMs,
  };
};

/** Requests that show by what is decided belong to their attack, whichever of its forms is meant. */
const probesOf = ({ part }: Bundle, attack: string): readonly Form[] =>
  (part.schedule.attacks.find(({ id }) => id === attack)?.forms ?? []).filter(({ probe }) => probe === true);

const entriesOf = (id: string, forms: readonly Form[]): readonly string[] => {
  const names = [...new Set(forms.map(({ variant, target }) => `${id}/${variant} at ${target}`))];
  return names.length === 0 || names.length > mostForms ? [id] : names;
};
