import type {
  AttackRecord,
  AttemptRecord,
  Hop,
  HistoryRecord,
  LegitRecord,
  LossRecord,
  OpRecord,
  Plan,
  RouteSlot,
  RunRecord,
  SeenRecord,
  SentBy,
  TwinRecord,
} from '../../harness/model/index.ts';
import { packetClasses } from '../../harness/kinds/observers/tap/record.ts';
import type { PacketClass } from '../../harness/kinds/observers/tap/record.ts';
import type { InterceptorData } from '../../harness/kinds/observers/interceptor/record.ts';
import type { EdgeLogData } from '../../harness/kinds/observers/edge-log/record.ts';
import type { CleartextData } from '../../harness/kinds/observers/cleartext/record.ts';
import type { WitnessData } from '../../harness/kinds/observers/witness/record.ts';

/** Synthetic histories for tests and examples: each function gives one record that is sound, and takes what differs. */

export const hops: readonly Hop[] = [
  { from: 'edge', to: 'storefront', port: 15443 },
  { from: 'storefront', to: 'orders', port: 15443 },
  { from: 'orders', to: 'payments', port: 15443 },
];

const chain = ['storefront', 'orders', 'payments'];

export const routeSlot = (id: string, depth = 3, method = 'GET', path = `/${id}`): RouteSlot => ({
  id,
  method,
  path,
  subject: 'u1',
  claims: {},
  crosses: chain.slice(0, depth),
});

export const plan: Plan = {
  id: 'example',
  description: 'A synthetic history.',
  stack: 'envoy-envoy',
  trace: 'none',
  load: {
    peak: 0.8,
    ceilingPerSecond: 100,
    timeoutMs: 2000,
    virtualUsers: 10,
    capacity: { fixedPerSecond: 50 },
    invalid: { dropsShare: 0.001, latenessP99Ms: 50 },
    routes: [],
  },
  phases: [{ id: 'rest', trace: { fromS: 0, toS: 10 }, durationMs: 10_000 }],
  bounds: { standard: 0.01, critical: 0.01 },
  attacks: ['*'],
  interceptionMs: 1500,
};

/** One form of an attack in the run record. */
export const formOf = (more: Partial<AttackRecord['forms'][number]> = {}): AttackRecord['forms'][number] => ({
  variant: 'expired',
  target: 'edge',
  vantage: 'outside',
  evidence: 'witness',
  route: 'checkout',
  request: 'POST /checkout/u1',
  ...more,
});

export const attackOf = (more: Partial<AttackRecord> = {}): AttackRecord => ({
  id: 'E3',
  name: 'refuses-expired',
  title: 'Expired token',
  control: 'edge',
  critical: true,
  technique: 'technique',
  secure: 'secure',
  remediation: 'remediation',
  sources: ['RFC 7519'],
  required: 3,
  bound: 0.7,
  run: true,
  forms: [formOf()],
  ...more,
});

export const runOf = (attacks: readonly AttackRecord[], more: Partial<RunRecord> = {}): RunRecord => ({
  type: 'run',
  run: 'r20261124-055000-ab12',
  startedAt: '2026-11-24T05:50:00.000Z',
  seed: 'example',
  harness: '0.1.0',
  plan,
  policy: {
    id: 'example',
    tls: { minimum: '1.3' },
    authentication: { issuer: 'https://issuer.example', audience: 'shop', algorithm: 'ES256', claims: {} },
    roles: {},
    rules: [],
    calls: [],
    rateLimits: [],
    waivers: [],
  },
  stack: { id: 'envoy-envoy', title: 'Envoy and Envoy', hops, notApplicable: {} },
  routes: [routeSlot('checkout', 3, 'POST', '/checkout/{sub}'), routeSlot('catalogue', 1)],
  attacks,
  only: null,
  overlay: [],
  versions: { envoy: '1.40.0' },
  digests: { plan: '0'.repeat(64) },
  machine: { cpus: 2, memoryBytes: 8e9, kernel: '6.1', engine: '20.10' },
  sabotage: { measured: false, measuredAt: null, total: 0, caught: 0, missed: [], falseAlarms: 0 },
  ...more,
});

export const phase = (id: string, startMs: number, endMs: number): HistoryRecord => ({
  type: 'phase',
  id,
  startMs,
  endMs,
});

export const end = (more: { partial?: boolean; reason?: string } = {}): HistoryRecord => ({
  type: 'end',
  partial: more.partial ?? false,
  reason: more.reason ?? null,
  atMs: 10_000,
});

export const legit = (seq: number, dueMs: number, more: Partial<LegitRecord> = {}): LegitRecord => ({
  type: 'legit',
  seq,
  route: 0,
  dueMs,
  sentMs: dueMs + 1,
  endMs: dueMs + 5,
  status: 200,
  error: null,
  ...more,
});

/** Replayed requests of a route at a steady pace. Sequence numbers start at `firstSeq`. */
export const traffic = (
  fromMs: number,
  toMs: number,
  everyMs: number,
  more: Partial<LegitRecord> & { firstSeq?: number } = {},
): LegitRecord[] => {
  const { firstSeq = 0, ...rest } = more;
  return Array.from({ length: Math.floor((toMs - fromMs) / everyMs) }, (_, i) =>
    legit(firstSeq + i, fromMs + i * everyMs, rest),
  );
};

export const attempt = (seq: number, dueMs: number, more: Partial<AttemptRecord> = {}): AttemptRecord => ({
  type: 'attempt',
  seq,
  attack: 'E3',
  form: 0,
  dueMs,
  sentMs: dueMs + 1,
  endMs: dueMs + 4,
  connection: `c${seq}`,
  proved: false,
  status: 401,
  error: null,
  ...more,
});

export const twin = (seq: number, dueMs: number, more: Partial<TwinRecord> = {}): TwinRecord => ({
  type: 'twin',
  seq,
  forms: [['E3', 0]],
  dueMs,
  sentMs: dueMs + 1,
  endMs: dueMs + 4,
  status: 200,
  error: null,
  ...more,
});

/** What an instrument saw. */
export const seen = (kind: string, seq: number | null, atMs: number | null, data: SeenRecord['data']): SeenRecord => ({
  type: 'seen',
  kind,
  atMs,
  seq,
  data,
});

export const witness = (seq: number, atMs: number, more: Partial<WitnessData> = {}): SeenRecord =>
  seen('witness', seq, atMs, {
    of: 'attack',
    service: 'orders',
    method: 'POST',
    path: '/checkout/u1',
    peer: 'spiffe://shop.holdfast.test/storefront',
    ...more,
  });

export const edgeLog = (of: SentBy, seq: number, atMs: number, more: Partial<EdgeLogData> = {}): SeenRecord =>
  seen('edge-log', seq, atMs, { of, status: 200, reason: '', ...more });

/** Something that was done to the stack. `at`: its start and its end, the same where it has only a moment. */
export const operation = (
  kind: string,
  [startMs, endMs]: readonly [number, number],
  data: OpRecord['data'],
  more: Partial<OpRecord> = {},
): OpRecord => ({
  type: 'op',
  kind,
  op: 0,
  dueMs: startMs,
  askedMs: startMs,
  startMs,
  endMs,
  overMs: endMs,
  error: null,
  data,
  ...more,
});

/** A hop that was taken over for a form of an attack. */
export const window = (
  number: number,
  at: readonly [number, number],
  about: { readonly attack: string; readonly form?: number; readonly hop: Hop },
  error: string | null = null,
): OpRecord => operation('intercept', at, { window: number, form: 0, ...about }, { error });

/** What the interceptor saw in a window. */
export const intercepted = (
  number: number,
  atMs: number,
  event: InterceptorData['event'],
  more: Partial<InterceptorData> & { readonly seq?: number | null } = {},
): SeenRecord => {
  const { seq = null, ...data } = more;
  return seen('interceptor', seq, atMs, {
    window: number,
    of: null,
    event,
    handshake: event === 'refused' ? 'failed' : 'none',
    heard: false,
    detail: '',
    ...data,
  });
};

export const cleartext = (atMs: number, more: Partial<CleartextData> = {}): SeenRecord =>
  seen('cleartext', null, atMs, {
    link: 'storefront→orders',
    source: 'storefront:40000',
    destination: 'orders:8080',
    planted: false,
    excerpt: 'POST /checkout/u1 HTTP/1.1',
    ...more,
  });

export const loss = (observer: string, code: string, count: number, data: LossRecord['data'] = {}): LossRecord => ({
  type: 'loss',
  observer,
  code,
  count,
  data,
});

export const tap = (
  link: string,
  phase: string,
  packets: Partial<Record<PacketClass, number>>,
  dropped = 0,
): SeenRecord =>
  seen('tap', null, null, {
    link,
    phase,
    packets: { ...Object.fromEntries(packetClasses.map((name) => [name, 0])), ...packets },
    connections: 4,
    dropped,
  });

/**
 * A history with the journals of its replayed traffic, where it has none: each request that was answered stands in that of every
 * service on its way. Without them no journal's silence says anything (harness/check/deaf.ts).
 */
export const withJournals = (records: readonly HistoryRecord[]): readonly HistoryRecord[] => {
  const [run] = records;
  if (run?.type !== 'run') return records;
  if (records.some(({ type, ...r }) => type === 'seen' && 'data' in r && r.data['of'] === 'legit')) return records;
  const journals = records.flatMap((record): HistoryRecord[] =>
    record.type === 'legit' && record.status !== null && record.status < 300
      ? (run.routes[record.route]?.crosses ?? []).map((service) =>
          witness(record.seq, record.dueMs + 2, { of: 'legit', service }),
        )
      : [],
  );
  return records.at(-1)?.type === 'end'
    ? [...records.slice(0, -1), ...journals, ...records.slice(-1)]
    : [...records, ...journals];
};
