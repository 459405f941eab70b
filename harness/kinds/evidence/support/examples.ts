import type { AttemptRecord, ExampleAt, ExampleEnding, Form, Hop, HistoryRecord } from '../../../model/index.ts';

type Ending = 'broke' | 'held';
type Outcome = Partial<Pick<AttemptRecord, 'status' | 'error'>>;

/** A refusal, as such a form would get it: an answer at the front door, a connection that is cut elsewhere. */
export const refusalOf = ({ vantage }: Form): Outcome =>
  vantage === 'outside' ? { status: 401, error: null } : { status: null, error: 'ECONNRESET' };

const record = (
  kind: string,
  atMs: number,
  seq: number | null,
  data: Readonly<Record<string, unknown>>,
): HistoryRecord => ({ type: 'seen', kind, atMs, seq, data });

const seenAt = (service: string, { send }: Form, { seq, atMs }: ExampleAt, more = {}): HistoryRecord => {
  const { method, path } = send.http;
  return record('witness', atMs + 2, seq, { of: 'attack', service, method, path, peer: null, ...more });
};

/** What the workload that it was sent to journals of it. Behind the edge that is the first service. */
export const seenBy = (form: Form, at: ExampleAt, spoofed: readonly string[] = []): HistoryRecord =>
  seenAt(form.send.to === 'edge' ? firstOf(form) : form.send.to, form, at, spoofed.length > 0 ? { spoofed } : {});

/** The service that stands behind the edge; any name shows that the edge was passed. */
const firstOf = ({ decisions }: Form): string => decisions?.find(({ at }) => at !== 'edge')?.at ?? 'first';

/** A request that is decided as the policy says, or otherwise: let in where it must not be, or turned away where it must not be. */
export const otherwiseThanPolicy = (form: Form, ending: Ending, at: ExampleAt): ExampleEnding => {
  const { decisions = [] } = form;
  const denied = decisions.find(({ allow }) => !allow);
  const allowed = decisions.filter((one) => one.allow && one.at !== 'edge').map((one) => one.at);
  const seen = (services: readonly string[]): readonly HistoryRecord[] =>
    [...new Set(services)].map((service) => seenAt(service, form, at));
  if (ending === 'held') {
    return decisions[0]?.allow === true
      ? { attempt: { status: denied === undefined ? 200 : 403, error: null }, records: seen(allowed) }
      : { attempt: refusalOf(form), records: [] };
  }
  return denied === undefined
    ? { attempt: { status: 403, error: null }, records: [] }
    : {
        attempt: { status: 200, error: null },
        records: seen([...allowed, denied.at === 'edge' ? firstOf(form) : denied.at]),
      };
};

/** A hop that is taken over while the request crosses it: the caller is read, or ends the handshake. */
export const takenOver = (form: Form, ending: Ending, at: ExampleAt): ExampleEnding => {
  const { hop } = form.during!.op as { readonly hop: Hop };
  const { attack, form: index, seq, atMs } = at;
  const event = (
    offsetMs: number,
    what: 'connection' | 'refused' | 'clear',
    data: Readonly<Record<string, unknown>>,
  ): HistoryRecord =>
    record('interceptor', atMs + offsetMs, what === 'clear' ? seq : null, {
      window: seq,
      of: what === 'clear' ? 'attack' : null,
      event: what,
      handshake: what === 'connection' ? 'none' : what === 'clear' ? 'accepted' : 'failed',
      heard: what === 'clear',
      detail: '',
      ...data,
    });
  const { method, path } = form.send.http;
  const [startMs, endMs] = [atMs - 200, atMs + 200];
  return {
    attempt: { status: ending === 'broke' ? 200 : 503, error: null },
    records: [
      {
        type: 'op',
        kind: 'intercept',
        op: seq,
        dueMs: startMs,
        askedMs: startMs,
        startMs,
        endMs,
        overMs: endMs,
        error: null,
        data: { window: seq, attack, form: index, hop },
      },
      event(3, 'connection', { detail: `from ${hop.from}` }),
      ending === 'broke'
        ? event(4, 'clear', { detail: `${method} ${path}` })
        : event(4, 'refused', { detail: 'the caller sent an alert: unknown ca' }),
      // It came as far as the caller of the hop.
      seenAt(hop.from, form, at),
    ],
  };
};
