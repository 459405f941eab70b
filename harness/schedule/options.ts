import { HoldfastError, actionOf } from '../model/index.ts';
import type { Action, Kinds, PhaseSlot } from '../model/index.ts';

/** What an action is asked for in a phase, read as it says. Throws `bad-input` where a plan may not ask for it, or not so. */
export const optionsOf = (
  kinds: Pick<Kinds, 'actions'>,
  kind: string,
  options: Readonly<Record<string, unknown>>,
  phase: PhaseSlot,
): { readonly plan: NonNullable<Action['plan']>; readonly read: unknown } => {
  const action = actionOf(kinds, kind);
  if (action.plan === undefined || action.options === undefined)
    throw new HoldfastError('bad-input', `expected an action that a plan may ask for, found "${kind}"`, {
      hint: `there are: ${[...kinds.actions.values()].flatMap(({ id, plan }) => (plan === undefined ? [] : [id])).join(', ')}`,
    });
  const read = action.options.safeParse(options);
  if (read.success) return { plan: action.plan, read: read.data };
  const [issue] = read.error.issues;
  throw new HoldfastError(
    'bad-input',
    `expected what the action ${kind} takes in phase ${phase.id}, found ${issue?.path.join('.') || 'options'}: ${issue?.message ?? 'not valid'}`,
    { hint: `it takes ${namesIn(action.options).join(', ') || 'none'}: see op.ts in the folder of the action ${kind}` },
  );
};

/** The names of what an object's schema takes; none where it is of another form. */
const namesIn = (schema: unknown): readonly string[] =>
  Object.keys((schema as { readonly shape?: Readonly<Record<string, unknown>> }).shape ?? {});
