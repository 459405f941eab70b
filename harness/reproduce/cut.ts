import type { Arrival, Schedule, Segment } from '../model/index.ts';

/** Times in a schedule have one decimal. */
const tenth = (ms: number): number => Math.round(ms * 10) / 10;

/**
 * What of a segment lies in [fromMs, toMs), its times counted from `fromMs`. A window of interception that is not whole falls away,
 * and with it the attempts of its form outside any window: they would meet the hop as it is. `intercepts`: does a form take a hop over?
 */
export const cutSegment = (
  segment: Segment,
  fromMs: number,
  toMs: number,
  intercepts: (attack: number, form: number) => boolean,
): Segment => {
  const inside = (atMs: number): boolean => atMs >= fromMs && atMs < toMs;
  const shifted = (atMs: number): number => tenth(atMs - fromMs);
  const windows = segment.windows.filter(({ startMs, endMs }) => startMs >= fromMs && endMs <= toMs);
  const inWindow = (atMs: number, attack: number, form: number): boolean =>
    windows.some(
      (window) => window.attack === attack && window.form === form && atMs >= window.startMs && atMs <= window.endMs,
    );
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
    windows: windows.map(({ startMs, endMs, ...window }) => ({
      ...window,
      startMs: shifted(startMs),
      endMs: shifted(endMs),
    })),
    attempts: segment.attempts
      .filter(([atMs, attack, form]) => inside(atMs) && (!intercepts(attack, form) || inWindow(atMs, attack, form)))
      .map(([atMs, attack, form, fresh]) => [shifted(atMs), attack, form, fresh] as const),
  };
};

/** Does a form of a schedule take a hop over? */
export const interceptsIn =
  ({ attacks }: Pick<Schedule, 'attacks'>): ((attack: number, form: number) => boolean) =>
  (attack, form) =>
    attacks[attack]?.forms[form]?.interception !== undefined;

/**
 * The same schedule with those attacks and forms alone that its `main` segment uses, renumbered, and those attacks of `always`, which
 * are judged without attempts. Twins that stand for none of them fall away.
 */
export const compact = (schedule: Schedule, always: ReadonlySet<string>): Schedule => {
  const { main } = schedule;
  const used = schedule.attacks.map(() => new Set<number>());
  for (const [, attack, form] of main.attempts) used[attack]?.add(form);
  for (const { attack, form } of main.windows) used[attack]?.add(form);
  const kept = schedule.attacks.flatMap(({ id }, attack) => (used[attack]!.size > 0 || always.has(id) ? [attack] : []));
  const attackAt = new Map(kept.map((attack, i) => [attack, i]));
  const formAt = used.map((forms) => new Map([...forms].toSorted((a, b) => a - b).map((form, i) => [form, i])));
  return {
    ...schedule,
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
      windows: main.windows.map((window) => ({
        ...window,
        attack: attackAt.get(window.attack)!,
        form: formAt[window.attack]!.get(window.form)!,
      })),
      attempts: main.attempts.map(
        ([atMs, attack, form, fresh]) => [atMs, attackAt.get(attack)!, formAt[attack]!.get(form)!, fresh] as const,
      ),
    },
  };
};

/** Requests of a segment: replayed traffic, attempts and twins. */
export const requestsIn = ({ arrivals, attempts, twins }: Segment): number =>
  arrivals.length + attempts.length + twins.reduce((sum, { atMs }) => sum + atMs.length, 0);

/** Length of a segment in ms: the end of its last phase. */
export const lengthOf = ({ phases }: Segment): number => phases.reduce((most, { endMs }) => Math.max(most, endMs), 0);
