import type { Arrival, Schedule, Segment } from '../model/index.ts';
import type { Part } from './bundle.ts';
import { indicesOf } from './build.ts';
import { compact, cutSegment, lengthOf, needsActionIn } from './cut.ts';

/** What is kept of a part when it is made smaller. */
export type Cut = {
  /** Attacks beside the incident's own, by id. */
  readonly others: readonly string[];
  /** Forms of the incident's own attack, by index in the part; of the tap there are none. */
  readonly forms: readonly number[];
  /** Where it begins, in ms from the part's origin. */
  readonly fromMs: number;
  /** Share of the replayed traffic, 0 to 1. */
  readonly share: number;
};

/** Fewer arrivals are no load, and a run without a load is INVALID (check/instrument.ts); a few more, so that a lost one is no matter. */
export const fewestArrivals = 120;

/** The cut that leaves everything in place. */
export const nothingCut = (part: Part, attack: string): Cut => ({
  others: part.schedule.attacks.map(({ id }) => id).filter((id) => id !== attack),
  forms: formsOf(part.schedule, attack).map((_, form) => form),
  fromMs: 0,
  share: 1,
});

const formsOf = ({ attacks }: Schedule, id: string) => attacks.find((attack) => attack.id === id)?.forms ?? [];

/** The part that is left after a cut: always one in which the first admission of the incident can happen again. */
export const narrow = (part: Part, attack: string, { others, forms, fromMs, share }: Cut): Part => {
  const { schedule } = part;
  const own = schedule.attacks.findIndex(({ id }) => id === attack);
  const kept = new Set(others);
  // By these one sees that an edge was reloaded: without them its attack shows nothing.
  const probes = new Set(formsOf(schedule, attack).flatMap(({ probe }, form) => (probe === true ? [form] : [])));
  const stays = (of: number, form: number): boolean =>
    of === own ? forms.includes(form) || probes.has(form) : kept.has(schedule.attacks[of]?.id ?? '');
  const cut = cutSegment(schedule.main, fromMs, lengthOf(schedule.main), needsActionIn(schedule));
  const highest = highestRank(cut.arrivals, share);
  const main: Segment = {
    ...cut,
    arrivals: cut.arrivals.filter(([, rank]) => rank <= highest),
    operations: cut.operations.filter(
      ({ attack: of, form }) => of === undefined || form === undefined || stays(of, form),
    ),
    attempts: cut.attempts.filter(([, of, form]) => stays(of, form)),
  };
  const always = new Set([attack, ...others.filter((id) => formsOf(schedule, id).length === 0)]);
  const narrowed = compact({ ...schedule, main }, always);
  const wanted = part.own.map((form) => schedule.attacks[own]!.forms[form]!);
  return {
    ...part,
    fromMs: part.fromMs + fromMs,
    firstMs: part.firstMs - fromMs,
    own: indicesOf(narrowed, attack, wanted),
    schedule: narrowed,
  };
};

/** The highest rank that is kept, so that a share of the arrivals is left, and enough for a load. */
const highestRank = (arrivals: readonly Arrival[], share: number): number => {
  const ranks = arrivals.map(([, rank]) => rank).toSorted((a, b) => a - b);
  const wanted = Math.max(Math.ceil(arrivals.length * share), fewestArrivals);
  return ranks[Math.min(wanted, ranks.length) - 1] ?? 1;
};

/** Where a part may begin at the latest, with some seconds before its first admission. What acts at that moment stays whole. */
export const latestStarts = (part: Part, attack: string): readonly number[] => {
  if (part.fixedStart) return [0];
  const { attacks, main } = part.schedule;
  const index = attacks.findIndex(({ id }) => id === attack);
  const around = operationsAround(main, part.firstMs).filter(({ attack: of }) => of === undefined || of === index);
  const needed = Math.min(part.firstMs, ...around.map(({ startMs }) => startMs));
  return [...new Set([2000, 4000, 8000, 16_000].map((before) => Math.max(0, Math.floor(needed - before))))];
};

/** What acts at a time. */
const operationsAround = ({ operations }: Segment, atMs: number): Segment['operations'] =>
  operations.filter(({ startMs, endMs }) => startMs <= atMs && endMs >= atMs);

/** How long the traffic goes on after the first admission where the stack is to be held at that moment. */
const holdAfterMs = 300;

/** A part that ends with its first admission, to leave the stack as it was then. What acts at that moment stays whole. */
export const partToHold = (part: Part, attack: string): Part => {
  const { schedule, firstMs } = part;
  const lastMs = Math.max(firstMs, ...operationsAround(schedule.main, firstMs).map(({ endMs }) => endMs));
  const endMs = Math.min(lengthOf(schedule.main), Math.ceil(lastMs + holdAfterMs));
  const main = cutSegment(schedule.main, 0, endMs, needsActionIn(schedule));
  const held = compact({ ...schedule, main }, new Set([attack]));
  const forms = formsOf(schedule, attack);
  return {
    ...part,
    toMs: part.fromMs + endMs,
    own: indicesOf(
      held,
      attack,
      part.own.map((form) => forms[form]!),
    ),
    schedule: held,
  };
};
