import { isDeepStrictEqual } from 'node:util';
import { HoldfastError, actionOf, ask } from '../model/index.ts';
import type { ActionContext, Operation, PhaseSlot, Place, Schedule } from '../model/index.ts';
import { optionsOf } from './options.ts';
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

/**
 * Throws `bad-input`, with the place in the plan where it is known, for an action that there is not, options that it does not take, what
 * the action itself throws, two sets of files of one name, and two operations that would hold the same at once.
 */
export const layOutActions = (input: ScheduleInput): LaidOut => {
  const { plan, requested = [], kinds } = input;
  const phases = phaseSlots(plan);
  const operations: Operation[] = [];
  const configurations: Record<string, Readonly<Record<string, string>>> = {};
  const lay = (wanted: Requested, phase: PhaseSlot, label: string): void => {
    const { do: kind, ...options } = wanted;
    const planned = planOf(input, phases, kind, options, phase, label);
    for (const { startMs, endMs, op } of planned.operations) {
      const operation = { kind, startMs: tenth(startMs), endMs: tenth(endMs), op };
      expectFree(operation, operations, kinds);
      operations.push(operation);
    }
    for (const [name, files] of Object.entries(planned.configurations ?? {})) {
      if (configurations[name] !== undefined && !isDeepStrictEqual(configurations[name], files))
        throw new HoldfastError('bad-input', `expected each set of files of ${kind} once, found "${name}" again`, {
          hint: 'the action is to name it by the label that it is given',
        });
      configurations[name] = files;
    }
  };
  plan.phases.forEach(({ actions = [] }, p) => {
    actions.forEach((wanted, i) =>
      placed(input.actionPlaces?.[p]?.[i], () => lay(wanted, phases[p]!, `${phases[p]!.id}/${i}`)),
    );
  });
  requested.forEach((wanted, i) => lay(wanted, phases[0]!, `requested/${i}`));
  return { operations, configurations };
};

/** What holds a thing alone must have let go of it before another takes it. */
const expectFree = (one: Operation, others: readonly Operation[], kinds: ScheduleInput['kinds']): void => {
  const { holds } = actionOf(kinds, one.kind);
  if (holds === undefined) return;
  const held = holds(one.op);
  const other = others.find(
    ({ kind, op, startMs, endMs }) =>
      kind === one.kind && holds(op) === held && startMs <= one.endMs && one.startMs <= endMs,
  );
  if (other === undefined) return;
  const span = ({ startMs, endMs }: Operation): string => `${startMs} to ${endMs} ms`;
  throw new HoldfastError(
    'bad-input',
    `expected one ${one.kind} of ${held} at a time, found one from ${span(one)} beside one from ${span(other)} of the run`,
    { hint: 'let the one be over some time before the other begins' },
  );
};

/** The same with the place in the plan, where what it throws has none. */
const placed = (place: Place | undefined, act: () => void): void => {
  try {
    act();
  } catch (error) {
    if (place === undefined || !(error instanceof HoldfastError) || error.place !== undefined) throw error;
    const { code, message, hint } = error;
    throw new HoldfastError(code, message, { ...(hint !== undefined && { hint }), place, cause: error });
  }
};

const planOf = (
  { stack, policy, seed, kinds, configured }: ScheduleInput,
  phases: readonly PhaseSlot[],
  kind: string,
  options: Readonly<Record<string, unknown>>,
  phase: PhaseSlot,
  label: string,
) => {
  const { plan, read } = optionsOf(kinds, kind, options, phase);
  const random = randomStream(seed, `actions/${label}/${kind}`);
  const context = { stack, policy, phases, ...configured, label, random };
  return ask('action', kind, 'plan', () => plan(context, phase, read));
};
