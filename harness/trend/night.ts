import type { AttackReport, ControlReport, Counts, Incident, Report } from '../model/index.ts';

/** What a trend reads of an attack. */
export type NightAttack = Counts &
  Pick<AttackReport, 'id' | 'title' | 'control' | 'critical' | 'verdict' | 'bound' | 'bound95'>;

/** What a trend reads of a run: less than a comparison does, so that nights of older versions can be read as well. */
export type Night = Pick<
  Report,
  'run' | 'startedAt' | 'harness' | 'verdict' | 'partial' | 'plan' | 'stack' | 'only' | 'versions' | 'digests'
> & {
  /** The report, as a path from the folder of the trend. */
  readonly place: string;
  /** The page of the run, as a path from the folder of the trend; null where there is none. */
  readonly page: string | null;
  /** Whether the matrix that it belongs to expected this; null outside a matrix. */
  readonly asExpected: boolean | null;
  readonly score: Pick<Report['score'], 'value' | 'letter'>;
  readonly controls: readonly Pick<ControlReport, 'id' | 'verdict'>[];
  readonly attacks: readonly NightAttack[];
  readonly incidents: readonly Pick<Incident, 'id' | 'attack' | 'title' | 'critical' | 'admitted' | 'of'>[];
  readonly load: {
    readonly intended: number;
    readonly failed: number;
    readonly latencyMs: Readonly<Record<string, { readonly p50: number | null; readonly p99: number | null }>>;
  };
  readonly capacity: {
    readonly perSecond: number;
    readonly measured: boolean;
    readonly peakPerSecond: number;
    readonly saturatedPerSecond: number | null;
  } | null;
  readonly machine: Pick<Report['machine'], 'cpus' | 'memoryBytes'>;
};

/** A night that is no part of the trend, and why. */
export type Unreadable = { readonly place: string; readonly reason: string };

/** Did the run measure anything? One that was cut short, or whose instrument was not fit, gives no point to any series. */
export const measures = ({ verdict, partial }: Pick<Night, 'verdict' | 'partial'>): boolean =>
  verdict !== 'INVALID' && !partial;

/** Oldest first; the run's id decides between runs that began at the same moment. */
export const inOrder = (nights: readonly Night[]): readonly Night[] => {
  const key = ({ startedAt, run }: Night): string => `${startedAt} ${run}`;
  return nights.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
};
