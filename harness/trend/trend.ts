import type { Gate } from '../model/index.ts';
import { attackRows } from './attacks.ts';
import type { AttackRow } from './attacks.ts';
import { changesOf } from './changes.ts';
import type { Change } from './changes.ts';
import { comparable } from './comparable.ts';
import { incidentSpans } from './incidents.ts';
import type { IncidentSpan } from './incidents.ts';
import { levelMarks } from './levels.ts';
import type { LevelMark } from './levels.ts';
import { inOrder } from './night.ts';
import type { Night, Unreadable } from './night.ts';
import { seriesOf } from './series.ts';
import type { Series } from './series.ts';

/** A night as the trend shows it, without what its series hold. */
export type NightHead = Pick<
  Night,
  'run' | 'startedAt' | 'place' | 'page' | 'verdict' | 'partial' | 'asExpected' | 'score' | 'harness'
> & {
  readonly attempts: number;
  readonly incidents: number;
};

/** The nights of one plan on one stack, oldest first. Numbers of nights below are places in `nights`. */
export type TrendGroup = {
  readonly plan: string;
  readonly stack: string;
  readonly nights: readonly NightHead[];
  readonly series: readonly Series[];
  readonly attacks: readonly AttackRow[];
  readonly incidents: readonly IncidentSpan[];
  readonly changes: readonly Change[];
  readonly marks: readonly LevelMark[];
};

/** `trend.json`, version 1. A pure function of the nights and a gate. */
export type Trend = {
  readonly schema: 'https://holdfast.dev/trend/v1';
  readonly harness: string;
  readonly gate: string;
  readonly groups: readonly TrendGroup[];
  /** What could not be read, and why: nothing is left out in silence. */
  readonly unreadable: readonly Unreadable[];
};

const headOf = (night: Night): NightHead => ({
  run: night.run,
  startedAt: night.startedAt,
  place: night.place,
  page: night.page,
  verdict: night.verdict,
  partial: night.partial,
  asExpected: night.asExpected,
  score: { value: night.score.value, letter: night.score.letter },
  harness: night.harness,
  attempts: night.attacks.reduce((sum, { attempts }) => sum + attempts, 0),
  incidents: night.incidents.length,
});

const groupOf = (nights: readonly Night[], gate: Pick<Gate, 'least' | 'spread'>): TrendGroup => {
  const ordered = inOrder(nights);
  const series = seriesOf(ordered);
  return {
    plan: ordered[0]?.plan ?? '',
    stack: ordered[0]?.stack ?? '',
    nights: ordered.map(headOf),
    series,
    attacks: attackRows(ordered),
    incidents: incidentSpans(ordered),
    changes: changesOf(ordered),
    marks: series
      .flatMap((each) => levelMarks(each, (a, b) => comparable(each.id, ordered[a]!, ordered[b]!), gate))
      .toSorted((a, b) => a.night - b.night),
  };
};

/** Many nights, by plan and stack. The same run found in two places counts once, and the other place is said. */
export const buildTrend = (
  nights: readonly Night[],
  unreadable: readonly Unreadable[],
  gate: Pick<Gate, 'id' | 'least' | 'spread'>,
  harness: string,
): Trend => {
  const known = new Map<string, Night>();
  const twice: Unreadable[] = [];
  for (const night of nights) {
    const key = JSON.stringify([night.run, night.startedAt, night.stack]);
    const first = known.get(key);
    if (first === undefined) known.set(key, night);
    else twice.push({ place: night.place, reason: `the same run as ${first.place}: counted once` });
  }
  const groups = Map.groupBy(known.values(), ({ plan, stack }) => JSON.stringify([plan, stack]));
  return {
    schema: 'https://holdfast.dev/trend/v1',
    harness,
    gate: gate.id,
    groups: [...groups.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, members]) => groupOf(members, gate)),
    unreadable: [...unreadable, ...twice].toSorted((a, b) => (a.place < b.place ? -1 : 1)),
  };
};
