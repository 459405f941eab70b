import { capacityOf, keepFor, randomStream } from '../../harness/schedule/index.ts';
import { identityOf as identityIn, placeOfHop } from '../../harness/model/index.ts';
import type {
  AttemptRecord,
  HistoryRecord,
  Hop,
  OpRecord,
  SeenRecord,
  Segment,
  SentBy,
  TwinRecord,
} from '../../harness/model/index.ts';
import { answerOf, crossingOf } from './answer.ts';
import type { IdentityOf } from './answer.ts';
import { capturesOf } from './captures.ts';
import { answerTraffic } from './load.ts';
import { declared, planned } from './planned.ts';
import { runRecord } from './run.ts';
import type { Sample } from './run.ts';
import { windowEvents } from './windows.ts';

/** When the segments begin in the run's time, in ms. */
const origins = { capacity: 1000, main: 8000 } as const;
const lateMs = 1200;

const { plan, stack, hops } = declared;
const { routes, attacks } = planned;
const identityOf: IdentityOf = (member) => identityIn(stack, member);
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

const seen = (kind: string, seq: number | null, atMs: number, data: SeenRecord['data']): SeenRecord => ({
  type: 'seen',
  kind,
  atMs: rounded(atMs),
  seq,
  data,
});

/** What a sent request leaves behind: the edge's log of it, and the journal of each workload that it came to. */
const traces = (
  of: SentBy,
  { seq, sentMs, status }: Pick<AttemptRecord, 'seq' | 'sentMs' | 'status'>,
  { method, path }: { readonly method: string; readonly path: string },
  { seen: crossed, logged }: Pick<ReturnType<typeof answerOf>, 'seen' | 'logged'>,
): readonly SeenRecord[] => [
  ...(logged === null ? [] : [seen('edge-log', seq, sentMs + 0.6, { of, status: status ?? 0, ...logged })]),
  ...crossed.map((one, i) => seen('witness', seq, sentMs + 1.2 + i, { of, ...one, method, path })),
];

/** A hop that was taken over, as it is scheduled, or a request in clear that was planted. */
const operationsOf = ({ operations }: Segment, originMs: number, first: number): readonly OpRecord[] =>
  operations.map(({ kind, startMs, endMs, attack = -1, form = -1, op }, i): OpRecord => {
    const at = (ms: number): number => rounded(originMs + ms);
    const { hop } = op as { readonly hop: Hop };
    const window = first + i;
    return {
      type: 'op',
      kind,
      op: window,
      dueMs: at(startMs),
      askedMs: at(startMs + 0.4),
      startMs: at(startMs + (kind === 'plant' ? 0.4 : 20)),
      endMs: at(endMs + 0.4),
      overMs: at(endMs + (kind === 'plant' ? 0.4 : 25)),
      error: null,
      data: kind === 'plant' ? { hop } : { window, attack: attacks[attack]?.id ?? '', form, hop },
    };
  });

/** A history as the harness writes one: everything that the schedule holds was sent, and answered as the sample says. Pure. */
export const sampleHistory = (sample: Sample): readonly HistoryRecord[] => {
  const records: HistoryRecord[] = [runRecord(sample)];
  let numbers = { legit: 0, sent: 0, ops: 0 };
  const segment = (name: 'capacity' | 'main', keep: number) => {
    const wanted = planned[name]!;
    const originMs = origins[name];
    const random = randomStream('sample', name);
    const ops = operationsOf(wanted, originMs, numbers.ops);
    const windows = ops.filter(({ kind }) => kind === 'intercept');
    const legit = answerTraffic(wanted, keep, routes, windows, sample.bears, { originMs, firstSeq: numbers.legit });
    for (const phase of wanted.phases)
      records.push({
        type: 'phase',
        id: phase.id,
        startMs: originMs + phase.startMs,
        endMs: originMs + phase.endMs,
      });
    for (const request of legit) {
      const route = routes[request.route]!;
      const crossed = request.status === 200 ? crossingOf(route, identityOf) : [];
      records.push(request);
      records.push(
        ...traces('legit', { ...request, sentMs: request.sentMs! }, route, {
          seen: crossed,
          logged: { reason: 'via_upstream', did: 'allow' },
        }),
      );
    }
    for (const [atMs, at, index, fresh] of wanted.attempts) {
      const { id, forms } = attacks[at]!;
      const form = forms[index]!;
      const ending = sample.ends(id, form, name === 'main' ? atMs : -1);
      const seq = numbers.sent;
      const dueMs = rounded(originMs + atMs);
      const sentMs = rounded(dueMs + 0.2 + random() * 2 + (ending === 'late' ? lateMs : 0));
      const window = windows.find(
        ({ data, startMs, endMs }) =>
          data['attack'] === id && data['form'] === index && sentMs >= startMs && sentMs <= endMs,
      );
      const twin = form.twin;
      const route = twin.kind === 'traffic' ? routes.find((one) => one.id === twin.route) : undefined;
      const { seen: crossed, logged, ...outcome } = answerOf(id, form, ending, { route, identityOf });
      const attempt: AttemptRecord = {
        type: 'attempt',
        seq,
        attack: id,
        form: index,
        dueMs,
        sentMs,
        endMs: rounded(sentMs + 2 + random() * 4),
        connection: `${form.vantage}-${fresh === 1 ? `own-${seq}` : seq % 64}`,
        ...outcome,
      };
      numbers = { ...numbers, sent: seq + 1 };
      const own = window === undefined ? null : windowEvents(window, attempt, form, crossingOf(route!, identityOf));
      records.push({ ...attempt, ...own?.outcome });
      records.push(
        ...traces('attack', { ...attempt, ...own?.outcome }, form.send.http, {
          seen: own?.seen ?? crossed,
          logged: own === null ? logged : { reason: 'via_upstream', did: 'allow' },
        }),
      );
      if (own !== null) records.push(...own.events);
    }
    wanted.twins.forEach(({ atMs, forms, send }, stream) => {
      atMs.forEach((ms, i) => {
        const dueMs = rounded(originMs + ms);
        const sentMs = rounded(dueMs + 0.2 + random());
        const twin: TwinRecord = {
          type: 'twin',
          seq: numbers.sent + stream * atMs.length + i,
          forms: forms.map(([at, form]) => [attacks[at]!.id, form]),
          dueMs,
          sentMs,
          endMs: rounded(sentMs + 3 + random() * 2),
          status: 200,
          error: null,
        };
        records.push(twin);
        records.push(
          ...traces('twin', twin, send.http, { seen: [{ service: send.to, peer: identityOf('edge') }], logged: null }),
        );
      });
    });
    records.push(...ops, ...capturesOf(wanted, hops.map(placeOfHop), ops, legit.length));
    numbers = {
      legit: numbers.legit + legit.length,
      sent: numbers.sent + wanted.twins.reduce((sum, { atMs }) => sum + atMs.length, 0),
      ops: numbers.ops + ops.length,
    };
    return legit.map(({ dueMs, sentMs, endMs, status, error }) => ({
      dueMs: dueMs - originMs,
      sentMs: sentMs === null ? null : sentMs - originMs,
      endMs: endMs === null ? null : endMs - originMs,
      status,
      error,
    }));
  };
  const capacity = capacityOf(plan, segment('capacity', 1));
  records.push(capacity);
  segment('main', keepFor(plan, capacity.perSecond).keep);
  records.push(...sample.losses);
  records.push({ type: 'end', partial: false, reason: null, atMs: origins.main + planned.main.phases.at(-1)!.endMs });
  return records;
};
