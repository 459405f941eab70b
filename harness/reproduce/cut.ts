import type { Arrival, Operation, Schedule, Segment } from '../model/index.ts';

/** Times in a schedule have one decimal. */
const tenth = (ms: number): number => Math.round(ms * 10) / 10;

/** Does it change the stack for good? What has only a moment is never undone: a part that begins after it is of another stack. */
export const leavesTrace = ({ startMs, endMs, canary }: Pick<Operation, 'startMs' | 'endMs' | 'canary'>): boolean =>
  startMs === endMs && canary !== true;

/**
 * What of a segment lies in [fromMs, toMs), its times counted from `fromMs`. An operation that is not whole falls away, and with it
 * the attempts of its form outside any other: they would meet the stack as it is. `needsAction`: is a form tried only while an action acts?
 */
export const cutSegment = (
  segment: Segment,
  fromMs: number,
  toMs: number,
  needsAction: (attack: number, form: number) => boolean,
): Segment => {
  const inside = (atMs: number): boolean => atMs >= fromMs && atMs < toMs;
  const shifted = (atMs: number): number => tenth(atMs - fromMs);
  const operations = segment.operations.flatMap((one): Operation[] => {
    if (one.canary === true) return moved(one, segment.phases, fromMs, toMs);
    return one.startMs >= fromMs && one.endMs <= toMs ? [one] : [];
  });
  const during = (atMs: number, attack: number, form: number): boolean =>
    operations.some((one) => one.attack === attack && one.form === form && atMs >= one.startMs && atMs <= one.endMs);
  return {
    phases: segment.phases
      .filter(({ startMs, endMs }) => startMs < toMs && endMs > fromMs)
      .map(({ id, startMs, endMs }) => ({
        id,
        startMs: shifted(Math.max(startMs, fromMs)),
        endMs: shifted(Math.min(endMs, toMs)),
      })),
    arrivals: segment.arrivals
      .filter(([atMs]) => inside(atMs))
      .map(([atMs, rank, route]): Arrival => [shifted(atMs), rank, route]),
    twins: segment.twins.map((stream) => ({ ...stream, atMs: stream.atMs.filter(inside).map(shifted) })),
    operations: operations
      .map(({ startMs, endMs, ...operation }) => ({
        ...operation,
        startMs: shifted(startMs),
        endMs: shifted(endMs),
      }))
      .toSorted((a, b) => a.startMs - b.startMs),
    attempts: segment.attempts
      .filter(([atMs, attack, form]) => inside(atMs) && (!needsAction(attack, form) || during(atMs, attack, form)))
      .map(([atMs, attack, form, fresh]) => [shifted(atMs), attack, form, fresh] as const),
  };
};

/** A canary has its place in its phase: where that is cut, it is moved with it. None where nothing is left of the phase. */
const moved = (canary: Operation, phases: Segment['phases'], fromMs: number, toMs: number): Operation[] => {
  const phase = phases.find(({ startMs, endMs }) => canary.startMs >= startMs && canary.startMs <= endMs);
  if (phase === undefined) return [];
  const [startMs, endMs] = [Math.max(phase.startMs, fromMs), Math.min(phase.endMs, toMs)];
  if (endMs <= startMs) return [];
  const share = (canary.startMs - phase.startMs) / (phase.endMs - phase.startMs);
  const atMs = startMs + share * (endMs - startMs);
  return [{ ...canary, startMs: atMs, endMs: atMs }];
};

/** Is a form of a schedule tried only while an action acts? */
export const needsActionIn =
  ({ attacks }: Pick<Schedule, 'attacks'>): ((attack: number, form: number) => boolean) =>
  (attack, form) =>
    attacks[attack]?.forms[form]?.during !== undefined;

/**
 * The same schedule with those attacks and forms alone that its `main` segment uses, renumbered, and those attacks of `always`, which
 * are judged without attempts. Twins that stand for none of them fall away, and configurations that no operation is left to put in place.
 */
export const compact = (schedule: Schedule, always: ReadonlySet<string>): Schedule => {
  const { main } = schedule;
  const used = schedule.attacks.map(() => new Set<number>());
  for (const [, attack, form] of main.attempts) used[attack]?.add(form);
  for (const { attack, form } of main.operations)
    if (attack !== undefined && form !== undefined) used[attack]?.add(form);
  const kept = schedule.attacks.flatMap(({ id }, attack) => (used[attack]!.size > 0 || always.has(id) ? [attack] : []));
  const attackAt = new Map(kept.map((attack, i) => [attack, i]));
  const formAt = used.map((forms) => new Map([...forms].toSorted((a, b) => a - b).map((form, i) => [form, i])));
  const named = new Set(
    main.operations.flatMap(({ kind, op }) => textsIn(op).flatMap((text) => [text, `${kind}/${text}`])),
  );
  const configurations = Object.entries(schedule.configurations).filter(([name]) => named.has(name));
  return {
    ...schedule,
    configurations: Object.fromEntries(configurations),
    attacks: kept.map((attack) => {
      const { forms, ...rest } = schedule.attacks[attack]!;
      return { ...rest, forms: [...formAt[attack]!.keys()].map((form) => forms[form]!) };
    }),
    capacity: null,
    main: {
      ...main,
      twins: main.twins.flatMap((stream) => {
        const forms = stream.forms.flatMap(([attack, form]) => {
          const to = formAt[attack]?.get(form);
          return to === undefined ? [] : [[attackAt.get(attack)!, to] as const];
        });
        return forms.length === 0 ? [] : [{ ...stream, forms }];
      }),
      operations: main.operations.map(({ attack, form, ...operation }) =>
        attack === undefined || form === undefined
          ? operation
          : { ...operation, attack: attackAt.get(attack)!, form: formAt[attack]!.get(form)! },
      ),
      attempts: main.attempts.map(
        ([atMs, attack, form, fresh]) => [atMs, attackAt.get(attack)!, formAt[attack]!.get(form)!, fresh] as const,
      ),
    },
  };
};

/** Every text of an operation: the sets of files that it puts in place are named by some of them. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** Requests of a segment: replayed traffic, attempts and twins. */
export const requestsIn = ({ arrivals, attempts, twins }: Segment): number =>
  arrivals.length + attempts.length + twins.reduce((sum, { atMs }) => sum + atMs.length, 0);

/** Length of a segment in ms: the end of its last phase. */
export const lengthOf = ({ phases }: Segment): number => phases.reduce((most, { endMs }) => Math.max(most, endMs), 0);
