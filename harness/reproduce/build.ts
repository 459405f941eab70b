import type {
  Arrival,
  AttemptRecord,
  HistoryRecord,
  Incident,
  Kinds,
  Report,
  RunRecord,
  Schedule,
  Segment,
} from '../model/index.ts';
import { HoldfastError } from '../model/index.ts';
import { keepFor, materialise } from '../schedule/index.ts';
import { bundleSchemaId } from './bundle.ts';
import type { Bundle, Part } from './bundle.ts';
import { compact, cutSegment, leavesTrace, lengthOf, needsActionIn, requestsIn } from './cut.ts';

/** A finished run, as far as its bundles need it. */
export type FinishedRun = {
  readonly records: readonly HistoryRecord[];
  readonly report: Report;
  readonly schedule: Schedule;
  readonly configuration: Readonly<Record<string, string>>;
  readonly kinds: Pick<Kinds, 'evidence'>;
};

/** The traffic goes on so long after the first admission: its twins, and what comes next, belong to the picture. */
const afterMs = 1500;
/**
 * A part goes back so far before the first admission. Connections, sessions and the buckets of rate limits turn over within seconds;
 * what needs longer to build up is not in the part (docs/decisions/0012).
 */
const beforeMs = 30_000;

/** The bundle of each incident of a run. Throws `bad-run` where history and schedule do not fit together. */
export const bundlesOf = (run: FinishedRun): Bundle[] => {
  const record = runOf(run.records);
  const capacity = run.records.find((one) => one.type === 'capacity') ?? null;
  const segments = segmentsOf(run, record);
  const attempts = new Map(run.records.flatMap((one) => (one.type === 'attempt' ? [[one.seq, one]] : [])));
  return run.report.incidents.map((incident) => {
    const part = partOf(run, segments, attempts, incident);
    const inPart = new Set(part.schedule.attacks.map(({ id }) => id));
    return {
      schema: bundleSchemaId,
      incident,
      run: {
        run: record.run,
        startedAt: record.startedAt,
        harness: record.harness,
        seed: record.seed,
        only: record.only,
      },
      plan: record.plan,
      policy: record.policy,
      stack: { id: record.stack.id, title: record.stack.title },
      attacks: record.attacks
        .filter(({ id }) => inPart.has(id))
        .map(({ required: _, bound: _bound, run: _run, forms: _forms, ...meta }) => meta),
      configuration: run.configuration,
      overlay: record.overlay,
      versions: record.versions,
      digests: record.digests,
      machine: record.machine,
      capacity,
      part,
    };
  });
};

const runOf = (records: readonly HistoryRecord[]): RunRecord => {
  const [first] = records;
  if (first?.type === 'run') return first;
  throw new HoldfastError('bad-run', `expected a run record first, found ${first?.type ?? 'nothing'}`);
};

/** A segment as it was sent, and its origin in the run's time; null where the run did not come so far. */
type Sent = { readonly segment: Segment; readonly originMs: number | null };

const segmentsOf = (
  { records, schedule }: FinishedRun,
  record: RunRecord,
): { readonly capacity: Sent | null; readonly main: Sent } => {
  const phases = new Map(records.flatMap((one) => (one.type === 'phase' ? [[one.id, one.startMs]] : [])));
  const sent = (segment: Segment, keep: number, ranked: (rank: number, i: number) => number): Sent => {
    const first = segment.phases[0];
    const startMs = first === undefined ? undefined : phases.get(first.id);
    const arrivals = materialise(segment, keep, schedule.routes).map(([atMs, rank, route], i): Arrival => [
      atMs,
      ranked(rank, i),
      route,
    ]);
    return {
      segment: { ...segment, arrivals },
      originMs: first === undefined || startMs === undefined ? null : startMs - first.startMs,
    };
  };
  const measured = records.find((one) => one.type === 'capacity');
  const { keep } = keepFor(record.plan, measured?.perSecond ?? 0);
  return {
    capacity:
      schedule.capacity === null
        ? null
        : // Every arrival of the ramp has rank 0. The multiples of the golden ratio are even in 0..1 however many there are.
          sent(schedule.capacity, 1, (_, i) => fraction(i * 0.618_033_988_749)),
    main: sent(schedule.main, keep, (rank) => fraction(keep === 0 ? 0.9999 : Math.min(0.9999, rank / keep))),
  };
};

const fraction = (value: number): number => Math.floor((value % 1) * 10_000) / 10_000;

const partOf = (
  { schedule, kinds }: FinishedRun,
  { capacity, main }: { readonly capacity: Sent | null; readonly main: Sent },
  attempts: ReadonlyMap<number, AttemptRecord>,
  incident: Incident,
): Part => {
  const ramp = capacity === null || capacity.originMs === null ? null : capacity;
  const inRamp = ramp !== null && (main.originMs === null || incident.firstMs < main.originMs);
  const { segment, originMs } = inRamp ? ramp : main;
  const attack = schedule.attacks.findIndex(({ id }) => id === incident.attack);
  const forms = schedule.attacks[attack]?.forms;
  if (originMs === null || forms === undefined) {
    throw new HoldfastError(
      'bad-run',
      `expected the schedule of the run to hold ${originMs === null ? 'the phases of its history' : `the attack ${incident.attack}`}, found that it does not`,
      { hint: 'schedule.json is of another run: take the run folder again from where it was made' },
    );
  }
  const shown = incident.evidence.flatMap(({ seq }) => (seq === null ? [] : [attempts.get(seq)]));
  const own = new Set([
    ...shown.flatMap((attempt) => (attempt?.attack === incident.attack ? [attempt.form] : [])),
    ...forms.flatMap(({ variant, target }, form) =>
      variant === incident.variant && target === incident.target ? [form] : [],
    ),
  ]);
  const first = incident.firstMs - originMs;
  const around = segment.operations.filter(
    ({ attack: of, form, startMs, endMs }) =>
      startMs <= first && endMs >= first && (of === undefined || (of === attack && own.has(form ?? -1))),
  );
  // What is held to the first of its kind, or to something that was changed for good, has its beginning at the beginning.
  const whole =
    segment.operations.some((operation) => leavesTrace(operation) && operation.startMs <= first) ||
    [...own].some((form) => kinds.evidence.get(forms[form]?.evidence ?? '')?.comparedWith === 'first');
  const fromMs = whole ? 0 : Math.max(0, Math.floor(first - beforeMs));
  const toMs = Math.ceil(Math.min(lengthOf(segment), Math.max(first, ...around.map(({ endMs }) => endMs)) + afterMs));
  const cut = cutSegment(segment, fromMs, toMs, needsActionIn(schedule));
  const phases = inRamp ? [{ id: 'ramp', startMs: 0, endMs: toMs - fromMs }] : cut.phases;
  const part = compact({ ...schedule, capacity: null, main: { ...cut, phases } }, new Set([incident.attack]));
  return {
    segment: inRamp ? 'capacity' : 'main',
    fixedStart: whole,
    fromMs,
    toMs,
    // A tap may have read something before the traffic began.
    firstMs: Math.max(0, Math.round((first - fromMs) * 10) / 10),
    own: indicesOf(
      part,
      incident.attack,
      [...own].map((form) => forms[form]!),
    ),
    original: {
      attacks: new Set(main.segment.attempts.map(([, attack]) => attack)).size,
      requests: requestsIn(main.segment),
    },
    schedule: part,
  };
};

/** Where the forms of an attack stand in a schedule; those that are not in it are left out. */
export const indicesOf = (
  { attacks }: Schedule,
  id: string,
  wanted: readonly Schedule['attacks'][number]['forms'][number][],
): readonly number[] => {
  const forms = attacks.find((attack) => attack.id === id)?.forms ?? [];
  return wanted
    .map((form) => forms.indexOf(form))
    .filter((at) => at >= 0)
    .toSorted((a, b) => a - b);
};
