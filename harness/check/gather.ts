import type { ZodType } from 'zod';
import { ask, disturbancesOf, disturbsOf, HoldfastError } from '../model/index.ts';
import type {
  AttackRecord,
  AttemptRecord,
  CapacityRecord,
  EndRecord,
  HistoryRecord,
  Hop,
  Kinds,
  LegitRecord,
  LossRecord,
  Op,
  OpRecord,
  PhaseRecord,
  Seen,
  SeenRecord,
  Sighting,
  TwinRecord,
  View,
} from '../model/index.ts';
import { formKey, twinsOf } from './twins.ts';

/** A history sorted by what asks for it, so that no check scans it again. */
export type Gathered = View & {
  /** Requests at a witness that no record says were sent: their identity was forged, absent or unknown. */
  readonly strangers: readonly Sighting[];
  /** What was done to the stack, by start time. */
  readonly operations: readonly Done[];
  /** Kinds that there are records of, and that are not known here: what they say is judged by nobody. */
  readonly unknown: readonly { readonly of: 'action' | 'observer'; readonly kind: string; readonly records: number }[];
};

/** An operation as the report names it. `attack`: the one that it was done for, with its form; null where it belongs to none. */
export type Done = Pick<OpRecord, 'kind' | 'startMs' | 'endMs' | 'error'> & {
  readonly attack: string | null;
  readonly form: number | null;
  readonly places: readonly string[];
};

/** The kind of the workloads' journals: the ground truth, which the stage itself reads. */
const journal = 'witness';

/** Sorts a history. Throws `bad-run` where a record names an attack, a form or a route that the run record does not have. */
export const gather = (records: readonly HistoryRecord[], kinds: Kinds): Gathered => {
  const run = records[0];
  if (run?.type !== 'run')
    throw misfit(1, `the run record, found ${run === undefined ? 'nothing' : `a ${run.type} record`}`);
  const both = run.attacks.find(({ check, forms }) => check !== undefined && forms.length > 0);
  if (both !== undefined) throw misfit(1, `a check or forms of each attack, found both of ${both.id}`);
  const attacks = new Map(run.attacks.map((attack) => [attack.id, attack]));
  const all = {
    capacity: null as CapacityRecord | null,
    phases: [] as PhaseRecord[],
    legit: [] as LegitRecord[],
    attempts: new Map<string, AttemptRecord[]>(),
    twins: new Map<string, TwinRecord[]>(),
    losses: [] as LossRecord[],
    end: null as EndRecord | null,
  };
  const ops = new Map<string, Op<unknown>[]>();
  const seen = new Map<string, Seen<unknown>[]>();
  const done: OpRecord[] = [];
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
      case 'op': {
        // One that is done for a form of an attack says so.
        const { attack, form } = record.data;
        if (typeof attack === 'string') expectForm(attacks, attack, Number(form), i);
        expectData(kinds.actions.get(record.kind)?.data, record, i);
        done.push(record);
        append(ops, record.kind, flatOp(record));
        break;
      }
      case 'seen':
        expectData(kinds.observers.get(record.kind)?.record, record, i);
        append(seen, record.kind, flatSeen(record));
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
  for (const list of ops.values()) list.sort((a, b) => a.startMs - b.startMs);
  const { witness, strangers } = sorted((seen.get(journal) ?? []) as Sighting[], sent);
  const disturbances = disturbancesOf(done, kinds, run.stack.hops);
  const twins = twinsOf({ run, legit: all.legit, twins: all.twins, disturbances });
  return {
    run,
    ...all,
    ops: <D>(kind: string) => (ops.get(kind) ?? []) as Op<D>[],
    seen: <D>(kind: string) => (seen.get(kind) ?? []) as Seen<D>[],
    witness,
    twinFault: (attempt, around) => twins(attacks.get(attempt.attack)!)(attempt, around),
    disturbances,
    strangers,
    unknown: [...unknownOf('action', ops, kinds.actions), ...unknownOf('observer', seen, kinds.observers)],
    operations: done.map((record) => doneOf(record, kinds, run.stack.hops)).toSorted((a, b) => a.startMs - b.startMs),
  };
};

const unknownOf = <O extends 'action' | 'observer'>(
  of: O,
  found: ReadonlyMap<string, readonly unknown[]>,
  known: ReadonlyMap<string, unknown>,
) => [...found].flatMap(([kind, { length }]) => (known.has(kind) ? [] : [{ of, kind, records: length }]));

const doneOf = (record: OpRecord, kinds: Kinds, hops: readonly Hop[]): Done => {
  const { kind, startMs, endMs, error, data } = record;
  const [attack, form] = typeof data['attack'] === 'string' ? [data['attack'], Number(data['form'])] : [null, null];
  const own = kinds.actions.get(kind)?.places;
  const places =
    (own === undefined ? undefined : ask('action', kind, 'places', () => own(data))) ??
    disturbsOf(record, kinds, hops)?.places ??
    [];
  return { kind, startMs, endMs, error, attack, form, places };
};

const flatOp = ({ type: _type, data, ...envelope }: OpRecord): Op<unknown> => ({ ...data, ...envelope });

const flatSeen = ({ data, atMs, seq }: SeenRecord): Seen<unknown> => ({ ...data, atMs: atMs ?? 0, seq });

/** What workloads journalled: of attempts, and of what nobody is known to have sent. */
const sorted = (
  sightings: readonly Sighting[],
  sent: Readonly<Record<'legit' | 'attack' | 'twin', ReadonlySet<number>>>,
): { readonly witness: ReadonlyMap<number, readonly Sighting[]>; readonly strangers: readonly Sighting[] } => {
  const witness = new Map<number, Sighting[]>();
  const strangers: Sighting[] = [];
  for (const sighting of sightings) {
    // The canaries are the harness's own proof that its instruments see; they have no record of having been sent.
    if (sighting.of === 'canary') continue;
    if (sighting.of === 'forged' || !sent[sighting.of].has(sighting.seq)) strangers.push(sighting);
    if (sighting.of === 'attack') append(witness, sighting.seq, sighting);
  }
  return { witness, strangers };
};

const append = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
};

/** What a kind that is known says of its records has to have the form that it says. */
const expectData = (
  schema: ZodType<unknown> | undefined,
  { kind, data }: OpRecord | SeenRecord,
  index: number,
): void => {
  const read = schema?.safeParse(data);
  if (read === undefined || read.success) return;
  const [issue] = read.error.issues;
  throw misfit(
    index + 1,
    `data of the kind ${kind}, found ${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not valid'}`,
  );
};

const expectForm = (attacks: ReadonlyMap<string, AttackRecord>, id: string, form: number, index: number): void => {
  if (attacks.get(id)?.forms[form] === undefined)
    throw misfit(index + 1, `an attack and form of the run, found ${id} form ${form}`);
};

const misfit = (line: number, what: string): HoldfastError =>
  new HoldfastError('bad-run', `record ${line} of the history: expected ${what}`, {
    hint: 'the history does not fit together: take the run folder again from where it was made, or run again',
  });
