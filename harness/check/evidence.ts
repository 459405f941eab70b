import { HoldfastError } from '../model/index.ts';
import type {
  AttackRecord,
  AttemptRecord,
  CapacityRecord,
  CleartextRecord,
  EdgeRecord,
  EndRecord,
  HandRecord,
  HistoryRecord,
  InterceptorRecord,
  LegitRecord,
  LossRecord,
  PhaseRecord,
  ReloadRecord,
  RunRecord,
  TapRecord,
  TwinRecord,
  WindowRecord,
  WitnessRecord,
} from '../model/index.ts';

/** A history sorted by what asks for it, so that no check scans it again. */
export type Evidence = {
  readonly run: RunRecord;
  readonly capacity: CapacityRecord | null;
  /** By start time. */
  readonly phases: readonly PhaseRecord[];
  readonly windows: readonly WindowRecord[];
  readonly legit: readonly LegitRecord[];
  /** By attack id. */
  readonly attempts: ReadonlyMap<string, readonly AttemptRecord[]>;
  /** By `attack form`. */
  readonly twins: ReadonlyMap<string, readonly TwinRecord[]>;
  /** What workloads journalled of attempts, by sequence number. */
  readonly witness: ReadonlyMap<number, readonly WitnessRecord[]>;
  /** Arrivals of the replayed traffic at the edge. */
  readonly edge: readonly EdgeRecord[];
  /** What the edge logged of attempts, by sequence number: they arrived there, whatever their sender saw. */
  readonly loggedAtEdge: ReadonlyMap<number, EdgeRecord>;
  /** By window. */
  readonly interceptor: ReadonlyMap<number, readonly InterceptorRecord[]>;
  /** Attempts that an interceptor read in clear, by sequence number. */
  readonly readInClear: ReadonlyMap<number, InterceptorRecord>;
  readonly tap: readonly TapRecord[];
  readonly cleartext: readonly CleartextRecord[];
  readonly reloads: readonly ReloadRecord[];
  /** Changes that were made by hand, on purpose. */
  readonly hands: readonly HandRecord[];
  readonly losses: readonly LossRecord[];
  /** Requests at a witness that no record says were sent: their identity was forged, absent or unknown. */
  readonly strangers: readonly WitnessRecord[];
  readonly end: EndRecord | null;
};

/** Key of the twins of a form. */
export const formKey = (attack: string, form: number): string => `${attack} ${form}`;

/** Sorts a history. Throws `bad-run` where a record names an attack, a form or a route that the run record does not have. */
export const gather = (records: readonly HistoryRecord[]): Evidence => {
  const run = records[0];
  if (run?.type !== 'run')
    throw misfit(1, `the run record, found ${run === undefined ? 'nothing' : `a ${run.type} record`}`);
  const attacks = new Map(run.attacks.map((attack) => [attack.id, attack]));
  const all = {
    capacity: null as CapacityRecord | null,
    phases: [] as PhaseRecord[],
    windows: [] as WindowRecord[],
    legit: [] as LegitRecord[],
    attempts: new Map<string, AttemptRecord[]>(),
    twins: new Map<string, TwinRecord[]>(),
    interceptor: new Map<number, InterceptorRecord[]>(),
    readInClear: new Map<number, InterceptorRecord>(),
    edge: [] as EdgeRecord[],
    loggedAtEdge: new Map<number, EdgeRecord>(),
    tap: [] as TapRecord[],
    cleartext: [] as CleartextRecord[],
    reloads: [] as ReloadRecord[],
    hands: [] as HandRecord[],
    losses: [] as LossRecord[],
    end: null as EndRecord | null,
  };
  const seen: WitnessRecord[] = [];
  const sent = { legit: new Set<number>(), attack: new Set<number>(), twin: new Set<number>() };
  for (const [i, record] of records.entries()) {
    switch (record.type) {
      case 'run':
        if (i > 0) throw misfit(i + 1, 'one run record, found a second');
        break;
      case 'capacity':
        all.capacity = record;
        break;
      case 'phase':
        all.phases.push(record);
        break;
      case 'window':
        expectForm(attacks, record.attack, record.form, i);
        all.windows.push(record);
        break;
      case 'legit':
        if (run.routes[record.route] === undefined)
          throw misfit(i + 1, `a route of the run, found number ${record.route}`);
        all.legit.push(record);
        sent.legit.add(record.seq);
        break;
      case 'attempt':
        expectForm(attacks, record.attack, record.form, i);
        append(all.attempts, record.attack, record);
        sent.attack.add(record.seq);
        break;
      case 'twin':
        for (const [attack, form] of record.forms) {
          expectForm(attacks, attack, form, i);
          append(all.twins, formKey(attack, form), record);
        }
        sent.twin.add(record.seq);
        break;
      case 'witness':
        seen.push(record);
        break;
      case 'edge':
        if (record.kind === 'legit') all.edge.push(record);
        if (record.kind === 'attack') all.loggedAtEdge.set(record.seq, record);
        break;
      case 'interceptor':
        append(all.interceptor, record.window, record);
        if (record.event === 'clear' && record.kind === 'attack' && record.seq !== null)
          all.readInClear.set(record.seq, record);
        break;
      case 'tap':
        all.tap.push(record);
        break;
      case 'cleartext':
        all.cleartext.push(record);
        break;
      case 'reload':
        all.reloads.push(record);
        break;
      case 'hand':
        all.hands.push(record);
        break;
      case 'loss':
        all.losses.push(record);
        break;
      case 'end':
        all.end = record;
        break;
      default:
        record satisfies never;
    }
  }
  all.phases.sort((a, b) => a.startMs - b.startMs);
  all.windows.sort((a, b) => a.startMs - b.startMs);
  const witness = new Map<number, WitnessRecord[]>();
  const strangers: WitnessRecord[] = [];
  for (const record of seen) {
    // The canaries are the harness's own proof that its instruments see; they have no record of having been sent.
    if (record.kind === 'canary') continue;
    if (record.kind === 'forged' || !sent[record.kind].has(record.seq)) strangers.push(record);
    if (record.kind === 'attack') append(witness, record.seq, record);
  }
  return { run, ...all, witness, strangers };
};

const append = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
};

const expectForm = (attacks: ReadonlyMap<string, AttackRecord>, id: string, form: number, index: number): void => {
  if (attacks.get(id)?.forms[form] === undefined)
    throw misfit(index + 1, `an attack and form of the run, found ${id} form ${form}`);
};

const misfit = (line: number, what: string): HoldfastError =>
  new HoldfastError('bad-run', `record ${line} of the history: expected ${what}`, {
    hint: 'the history does not fit together: take the run folder again from where it was made, or run again',
  });
