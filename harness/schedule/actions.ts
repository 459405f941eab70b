import { HoldfastError, actionOf } from '../model/index.ts';
import type { ActionContext, Operation, PhaseSlot, Schedule } from '../model/index.ts';
import { randomStream } from './random.ts';
import type { ScheduleInput } from './schedule.ts';
import { phaseSlots } from './shape.ts';
import { tenth } from './time.ts';

/** An action with its options, as a phase of a plan asks for it, or a sabotage for the first phase. */
export type Requested = { readonly do: string } & Readonly<Record<string, unknown>>;

/** The configuration as mounted, overlay applied, and the same for another policy: path → text. */
export type Configured = Pick<ActionContext, 'configuration' | 'configure'>;

/** What of a schedule actions lay out: everything that is done to the stack, but for what forms of attacks ask for themselves. */
type LaidOut = { readonly operations: readonly Operation[]; readonly configurations: Schedule['configurations'] };

/** Throws `bad-input` for an action that there is not, or options that it does not take; and what the action throws. */
export const layOutActions = (input: ScheduleInput): LaidOut => {
  const { plan, requested = [] } = input;
  const phases = phaseSlots(plan);
  const operations: Operation[] = [];
  const configurations: Record<string, Readonly<Record<string, string>>> = {};
  const lay = (wanted: Requested, phase: PhaseSlot, label: string): void => {
    const { do: kind, ...options } = wanted;
    const planned = planOf(input, phases, kind, options, phase, label);
    for (const { startMs, endMs, op } of planned.operations)
      operations.push({ kind, startMs: tenth(startMs), endMs: tenth(endMs), op });
    Object.assign(configurations, planned.configurations);
  };
  plan.phases.forEach(({ actions = [] }, p) => {
    actions.forEach((wanted, i) => lay(wanted, phases[p]!, `${phases[p]!.id}/${i}`));
  });
  requested.forEach((wanted, i) => lay(wanted, phases[0]!, `requested/${i}`));
  return { operations, configurations };
};

const planOf = (
  { stack, policy, seed, kinds, configured }: ScheduleInput,
  phases: readonly PhaseSlot[],
  kind: string,
  options: Readonly<Record<string, unknown>>,
  phase: PhaseSlot,
  label: string,
) => {
  const action = actionOf(kinds, kind);
  if (action.plan === undefined || action.options === undefined)
    throw new HoldfastError('bad-input', `expected an action that a plan may ask for, found "${kind}"`, {
      hint: `there are: ${[...kinds.actions.values()].flatMap(({ id, plan }) => (plan === undefined ? [] : [id])).join(', ')}`,
    });
  const read = action.options.safeParse(options);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new HoldfastError(
      'bad-input',
      `expected what the action ${kind} takes in phase ${phase.id}, found ${issue?.path.join('.') || 'options'}: ${issue?.message ?? 'not valid'}`,
      { hint: `see harness/kinds/actions/${kind}/README.md` },
    );
  }
  const random = randomStream(seed, `actions/${label}/${kind}`);
  return action.plan({ stack, policy, phases, ...configured, random }, phase, read.data);
};
