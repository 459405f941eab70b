import { requestText } from '../../harness/declare/run/index.ts';
import type { AttackContext, AttackMeta, AttackRecord, Form, HistoryRecord, Hop } from '../../harness/model/index.ts';
import { routesOf } from '../../harness/declare/forms/index.ts';
import { attackOf, attempt, end, phase, routeSlot, runOf, tap, traffic, twin, witness } from './history.ts';

/** What an example shows: an attack that got in once, or one that was refused every time. */
export type Ending = 'admitted' | 'refused';

/** Attempts of an example, and how many its bound asks for. */
const attempts = 3;
const windowMs = { start: 800, end: 1600 };

/** The smallest history in which the attack ends in this way: one form, three attempts, and the twins that make them count. */
export const exampleOf = (
  meta: AttackMeta,
  forms: readonly Form[],
  ending: Ending,
  context: AttackContext,
): HistoryRecord[] => {
  const { hops } = context;
  const entry = hops[0]!.to;
  // Of a comparison with the policy, one that it denies: what was admitted is seen then.
  const form = forms.find(({ decisions }) => decisions?.[0]?.allow !== true) ?? forms[0];
  const probe = forms.find((one) => one.probe === true);
  const record = attackOf({
    ...meta,
    required: attempts,
    bound: 0.7,
    forms: [form, probe].flatMap((one) => (one === undefined ? [] : [recordOf(one)])),
  });
  const events =
    form === undefined
      ? tapped(ending, hops)
      : form.interception === undefined
        ? sent(record, form, ending, entry)
        : intercepted(record, form, ending);
  const routes = routesOf(context);
  const own = form?.twin.kind === 'traffic' ? form.twin.route : null;
  const { id, method, template, crosses, hops: crossed } = routes.find((route) => route.id === own) ?? routes[0]!;
  const slot = { ...routeSlot(id, 0, method, template), crosses, hops: crossed };
  const stack = { ...runOf([]).stack, hops };
  const control = probe === undefined ? [] : reloaded(meta.id, probe, entry);
  return [runOf([record], { routes: [slot], stack }), phase('rest', 0, 2400), ...events, ...control, end()];
};

const recordOf = (form: Form): AttackRecord['forms'][number] => ({
  variant: form.variant,
  target: form.target,
  vantage: form.vantage,
  evidence: form.evidence,
  route: form.twin.kind === 'traffic' ? form.twin.route : null,
  request: requestText(form),
  ...(form.decisions !== undefined && { decisions: form.decisions }),
  ...(form.probe && { probe: form.probe }),
});

/** A reload that took effect: the probe was let in before it, and refused after it. */
const reloaded = (attack: string, { send: { http } }: Form, service: string): HistoryRecord[] => [
  attempt(100, 700, { attack, form: 1, status: 200, error: null }),
  witness(100, 702, { service, method: http.method, path: http.path, peer: null }),
  { type: 'reload', atMs: 800, to: 'other', error: null },
  attempt(101, 1100, { attack, form: 1, status: 403, error: null }),
];

const sent = ({ id }: AttackRecord, form: Form, ending: Ending, entry: string): HistoryRecord[] => {
  const gotIn = ending === 'admitted';
  const times = [600, 1000, 1400];
  const twins =
    form.twin.kind === 'traffic'
      ? traffic(200, 2000, 400)
      : times.flatMap((atMs, i) => [
          twin(2 * i, atMs - 200, { forms: [[id, 0]] }),
          twin(2 * i + 1, atMs + 200, { forms: [[id, 0]] }),
        ]);
  const records = times.map((atMs, i) => {
    const first = gotIn && i === 0;
    return attempt(i, atMs, {
      attack: id,
      ...outcomeOf(form, first),
      ...((form.evidence === 'response' || form.evidence === 'handshake') && { proved: first }),
    });
  });
  return [...twins, ...records, ...sightings(form, gotIn, entry)];
};

const outcomeOf = ({ evidence, send }: Form, gotIn: boolean): { status: number | null; error: string | null } => {
  if (evidence === 'handshake') {
    return { status: null, error: gotIn ? `server-hello:${send.hello?.version}` : 'tls-alert:protocol-version' };
  }
  if (gotIn || evidence === 'spoof') return { status: 200, error: null };
  return send.to === 'edge' && send.transport === 'tls'
    ? { status: 401, error: null }
    : { status: null, error: 'ECONNRESET' };
};

const sightings = ({ evidence, send }: Form, gotIn: boolean, entry: string): HistoryRecord[] => {
  const service = send.to === 'edge' ? entry : send.to;
  const seen = (seq: number, atMs: number, spoofed: readonly string[] = []): HistoryRecord =>
    witness(seq, atMs, {
      service,
      method: send.http.method,
      path: send.http.path,
      peer: null,
      ...(spoofed.length > 0 && { spoofed }),
    });
  // A spoofed value is stripped from a request that itself arrives.
  if (evidence === 'spoof')
    return [600, 1000, 1400].map((atMs, i) => seen(i, atMs + 2, gotIn && i === 0 ? ['x-spoofed: {marker}'] : []));
  return gotIn && evidence !== 'response' && evidence !== 'handshake' ? [seen(0, 602)] : [];
};

const intercepted = ({ id }: AttackRecord, form: Form, ending: Ending): HistoryRecord[] => {
  const hop: Hop = form.interception?.hop ?? { from: '', to: '', port: 0 };
  const records = [1000, 1200, 1400].map((atMs, i) =>
    attempt(i, atMs, { attack: id, status: ending === 'admitted' && i === 0 ? 200 : 503 }),
  );
  const note = (
    atMs: number,
    event: 'connection' | 'refused' | 'clear',
    seq: number | null,
    detail: string,
  ): HistoryRecord => ({
    type: 'interceptor',
    window: 0,
    atMs,
    event,
    kind: seq === null ? null : 'attack',
    seq,
    detail,
  });
  return [
    ...traffic(0, 400, 200),
    ...traffic(2000, 2400, 200, { firstSeq: 2 }),
    { type: 'window', window: 0, attack: id, form: 0, hop, startMs: windowMs.start, endMs: windowMs.end, error: null },
    note(1003, 'connection', null, `from ${hop.from}`),
    ending === 'admitted'
      ? note(1004, 'clear', 0, `${form.send.http.method} ${form.send.http.path}`)
      : note(1004, 'refused', null, 'the caller sent an alert: unknown ca'),
    ...records,
  ];
};

const tapped = (ending: Ending, hops: readonly Hop[]): HistoryRecord[] => [
  ...hops.map(({ from, to }) =>
    tap(`${from}→${to}`, 'rest', {
      'tls-handshake': 6,
      'tls-data': 40,
      planted: 1,
      cleartext: ending === 'admitted' && from === hops[1]!.from && to === hops[1]!.to ? 1 : 0,
    }),
  ),
  ...(ending === 'admitted'
    ? [
        {
          type: 'cleartext' as const,
          link: `${hops[1]!.from}→${hops[1]!.to}`,
          atMs: 1000,
          source: `${hops[1]!.from}:40000`,
          destination: `${hops[1]!.to}:8080`,
          planted: false,
          seq: null,
          excerpt: 'GET /own/u1 HTTP/1.1',
        },
      ]
    : []),
];

/** An example as it is kept: plain NDJSON, so that a change of it can be read in a diff. Times and order are as recorded. */
export const exampleText = (records: readonly HistoryRecord[]): string =>
  `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;
