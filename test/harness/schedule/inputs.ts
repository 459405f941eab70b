import { z } from 'zod';
import { discoverKinds } from '../../../harness/kinds/index.ts';
import { placeOfHop } from '../../../harness/model/index.ts';
import type {
  Action,
  AppService,
  Attack,
  AttackMeta,
  Form,
  Hop,
  Plan,
  Policy,
  Stack,
  StackService,
  Trace,
} from '../../../harness/model/index.ts';

/** A small plan, stack, policy and trace of our own, so that these tests do not move with the shipped ones. */
export const policy: Policy = {
  id: 'shop',
  tls: { minimum: '1.3' },
  authentication: { issuer: 'https://issuer.holdfast.test', audience: 'shop', algorithm: 'ES256', claims: {} },
  roles: { customer: { claim: 'role', equals: 'customer' } },
  rules: [
    { id: 'browse', who: 'authenticated', methods: ['GET'], paths: ['/catalogue'] },
    { id: 'own', who: ['customer'], methods: ['GET'], paths: ['/orders/{sub}/**'] },
  ],
  calls: [
    { from: 'edge', to: 'front', methods: ['GET'], paths: ['/catalogue', '/orders/**'] },
    { from: 'front', to: 'back', methods: ['GET'], paths: ['/orders/**'] },
  ],
  rateLimits: [],
  waivers: [],
};

const services: readonly AppService[] = [
  { id: 'front', answers: ['/catalogue'], calls: ['back'] },
  { id: 'back', answers: ['/orders'], calls: [] },
];

const contained = (service: AppService): StackService => ({
  ...service,
  sidecar: service.id,
  workload: service.id,
  meshPort: 15443,
  workloadPort: 8080,
  adminPorts: [],
});

export const stack: Stack = {
  id: 'small',
  title: 'Small',
  folder: '/stack',
  app: { id: 'small', folder: '/app', services, routes: [], users: { attacker: 'mallory', victim: 'alice' } },
  policy: '/policy.yaml',
  parts: { edge: null, mesh: null },
  compose: 'services: { edge: {}, front: {}, back: {} }',
  configuration: new Map(),
  trustDomain: 'holdfast.test',
  identity: 'spiffe://{trustDomain}/{member}',
  controlPlane: null,
  defaults: null,
  products: { edge: [], mesh: [] },
  compilers: { edge: 'envoy-edge', mesh: 'envoy-mesh' },
  edge: {
    service: 'edge',
    hostname: 'shop.holdfast.test',
    port: 8443,
    upstream: 'mutual-tls',
    adminPorts: [],
    reload: null,
  },
  services: services.map(contained),
  images: [],
  features: ['mutual-tls', 'sidecars'],
};

export const plan: Plan = {
  id: 'small',
  description: 'Small',
  stack: 'small',
  trace: 'small',
  load: {
    peak: 0.8,
    ceilingPerSecond: 300,
    timeoutMs: 1000,
    virtualUsers: 10,
    capacity: {
      warmUpMs: 0,
      fromPerSecond: 50,
      toPerSecond: 150,
      steps: 3,
      stepMs: 1000,
      failShare: 0.01,
      latencyP99Ms: 100,
    },
    invalid: { dropsShare: 0.001, latenessP99Ms: 50 },
    routes: [
      { id: 'catalogue', weight: 3, method: 'GET', path: '/catalogue', role: 'customer' },
      { id: 'orders', weight: 1, method: 'GET', path: '/orders/{sub}/1', role: 'customer' },
    ],
  },
  phases: [
    { id: 'rest', trace: { fromS: 0, toS: 60 }, durationMs: 4000 },
    { id: 'spike', trace: { fromS: 60, toS: 300 }, durationMs: 16_000 },
    { id: 'recovery', trace: { fromS: 300, toS: 360 }, durationMs: 4000 },
  ],
  bounds: { standard: 0.05, critical: 0.02 },
  attacks: ['*'],
  interceptionMs: 800,
};

/** Quiet, a spike that doubles at second 180, quiet. */
export const trace: Trace = {
  id: 'small',
  source: 'made for the tests',
  perSecond: Array.from({ length: 360 }, (_, s) => (s < 60 || s >= 300 ? 1 : s < 180 ? 4 : 8)),
};

const send = (to: string, freshShare: number): Form['send'] => ({
  to,
  port: 1,
  transport: 'tls',
  freshShare,
  http: { method: 'GET', path: '/orders/a/1', headers: [] },
});
const edge = (variant: string, route: string): Form => ({
  variant,
  target: 'edge',
  vantage: 'outside',
  send: send('edge', 0.5),
  twin: { kind: 'traffic', route },
  evidence: 'witness',
});
const mesh = (variant: string, to: string): Form => ({
  variant,
  target: to,
  vantage: 'neighbour',
  send: send(to, 1),
  twin: { kind: 'request', send: { ...send(to, 1), certificate: { service: 'edge' } } },
  evidence: 'witness',
});
const onPath = (variant: string, from: string, to: string): Form => ({
  ...edge(variant, 'orders'),
  target: `${from}→${to}`,
  vantage: 'on-path',
  evidence: 'interceptor',
  during: {
    action: 'intercept',
    op: { hop: { from, to, port: 1 }, interceptor: { kind: 'mitmproxy', mode: 'own-ca' } },
  },
});

const attack = (
  id: string,
  critical: boolean,
  forms: readonly Form[],
  needs: readonly string[] = [],
): { meta: AttackMeta; attack: Attack } => ({
  meta: {
    needs,
    id,
    name: `refuses-${id.toLowerCase()}`,
    title: id,
    control: 'edge',
    critical,
    technique: 't',
    secure: 's',
    remediation: 'r',
    sources: ['x'],
  },
  attack: { attempts: () => forms },
});

/** Not in the order of their ids, which a schedule must not depend on. */
export const attacks = [
  attack('E12', false, [edge('one', 'catalogue'), edge('two', 'catalogue'), edge('three', 'orders')]),
  attack('M5', true, [
    onPath('a', 'edge', 'front'),
    onPath('b', 'edge', 'front'),
    onPath('a', 'front', 'back'),
    onPath('b', 'front', 'back'),
  ]),
  attack('E2', true, [edge('one', 'catalogue'), edge('two', 'orders')]),
  attack('M1', true, [mesh('plain', 'front'), mesh('h2c', 'front'), mesh('plain', 'back')]),
  attack('M17', true, []),
  attack('E9', false, [edge('one', 'catalogue')], ['edge-reload']),
];

/** What takes a hop over in these tests: attempts are scheduled around it. */
const own = await discoverKinds();

export const kinds = {
  senders: own.senders,
  evidence: own.evidence,
  actions: new Map<string, Action>([
    [
      'intercept',
      {
        id: 'intercept',
        op: z.record(z.string(), z.unknown()),
        disturbs: ({ hop }) => ({
          places: [placeOfHop(hop as Hop)],
          excuses: ['failure', 'latency'],
          beforeMs: 100,
          afterMs: 200,
          attacked: false,
        }),
        text: () => 'taken over',
      },
    ],
    [
      'kill',
      {
        id: 'kill',
        op: z.record(z.string(), z.unknown()),
        options: z.strictObject({ forMs: z.number() }),
        plan: (_context, { startMs }, options) => ({
          operations: [
            {
              startMs: startMs + 100,
              endMs: startMs + 100 + (options as { forMs: number }).forMs,
              op: { what: 'edge' },
            },
          ],
          configurations: { 'kill/file': { a: 'b' } },
        }),
        disturbs: () => ({ places: ['edge'], excuses: ['failure'], beforeMs: 0, afterMs: 0, attacked: true }),
        text: () => 'killed',
      },
    ],
  ]),
};

export const configured = { configuration: new Map<string, string>(), configure: () => new Map<string, string>() };
