import type { ClauseId, Report } from '../../harness/model/index.ts';
import { brokenReport } from '../samples/broken.ts';
import { soundReport } from '../samples/sound.ts';
import type { ShippedProduct } from './defaults/index.ts';
import { buildMatrix } from './build.ts';
import type { MatrixEntry, MatrixHead } from './entry.ts';
import type { Matrix, MatrixTrim } from './schema.ts';

const stack = (id: string, title: string, mesh: string): MatrixEntry['stack'] => {
  const [edge = id] = id.split('-');
  return {
    id,
    title,
    parts: { edge: mesh === 'none' ? null : edge, mesh },
    features: mesh === 'none' ? [] : ['mutual-tls', 'sidecars', 'workload-identities'],
    defaults: null,
  };
};

const entry = (of: MatrixEntry['stack'], report: Report, more: Partial<MatrixEntry> = {}): MatrixEntry => ({
  stack: of,
  attacks: metas,
  outcome: { report: { ...report, stack: of.id }, digest: '5d'.repeat(32) },
  folder: of.id,
  trimmed: null,
  ...more,
});

const clauses: Readonly<Record<string, ClauseId>> = {
  E3: 'token-claims',
  E12: 'identity-headers',
  M3: 'client-certificates',
  P1: 'one-policy',
};

const metas: MatrixEntry['attacks'] = brokenReport.attacks.map(({ id }) => ({
  id,
  clause: clauses[id],
  needs: id === 'M5' ? ['mutual-tls'] : [],
}));

const documentation = {
  'token-claims': 'The page says that tokens are checked by a plugin which it does not set up.',
  'identity-headers': 'The page forwards every header that a client sends, and says nothing about it.',
  'client-certificates': 'Traffic to the services is plain HTTP, as the page shows it.',
  'one-policy': 'The page knows no rules: what is not routed is answered by the service.',
};

const shipped = (id: string, product: string, version: string, fail: readonly string[]): MatrixEntry['stack'] => ({
  ...stack(id, `${product} as it ships`, 'none'),
  defaults: {
    product,
    version,
    page: 'https://example.com/getting-started',
    documentation,
    expected: {
      measured: { run: 'r20261120-090000-0a1b', plan: 'quick', harness: '0.1.0', report: '0'.repeat(64) },
      verdicts: { fail, pass: metas.map(({ id }) => id).filter((id) => !fail.includes(id)), unknown: [] },
    },
  },
});

const head: MatrixHead = {
  matrix: 'm20261124-090000-ef56',
  startedAt: '2026-11-24T09:00:00.000Z',
  harness: '0.1.0',
  plan: 'quick',
  seed: '214',
  only: null,
  overlay: false,
  budget: null,
};

const sound: readonly MatrixEntry[] = [
  entry(stack('envoy-envoy', 'Envoy at the edge, Envoy sidecars', 'envoy'), soundReport),
  entry(stack('apache-envoy', 'Apache at the edge, Envoy sidecars', 'envoy'), soundReport),
  entry(shipped('nginx-defaults', 'nginx', '1.26.3', ['E3', 'E12', 'M3', 'P1']), brokenReport),
];

const trimmed: MatrixTrim = {
  asked: { plan: 'two-fourteen', standard: 0.01, critical: 0.001 },
  instead: { plan: 'quick', standard: 0.01, critical: 0.01 },
  refused: 'two-fourteen',
  needMs: 145_800,
  leftMs: 312_000,
  keptMs: 180_400,
};

/** A matrix in which everything is as expected. */
export const soundMatrix: Matrix = buildMatrix(head, sound);

const budget = { ms: 720_000, spentMs: 731_200 };

/** One with everything that can go wrong: a reference stack that broke, one that did not start, one cut short, one left out, one with a lighter plan, defaults that surprise. */
export const unsoundMatrix: Matrix = buildMatrix(
  { ...head, plan: 'two-fourteen', only: '{E*,M*}', overlay: true, budget },
  [
    ...sound,
    entry(
      stack('haproxy-envoy', 'HAProxy at the edge, Envoy sidecars', 'envoy'),
      { ...brokenReport, plan: 'quick' },
      { trimmed },
    ),
    entry(stack('traefik-envoy', 'Traefik at the edge, Envoy sidecars', 'envoy'), soundReport, {
      outcome: {
        error: {
          code: 'stack-down',
          message: 'expected traefik to answer within 30 s, found that it does not',
          hint: 'docker logs holdfast-traefik <edge>',
        },
      },
      folder: null,
    }),
    entry(stack('nginx-envoy', 'nginx at the edge, Envoy sidecars', 'envoy'), {
      ...soundReport,
      verdict: 'UNKNOWN',
      partial: true,
      capacity: null,
      load: { ...soundReport.load, latencyMs: {} },
    }),
    entry(shipped('traefik-defaults', 'Traefik', '3.5.3', ['E12', 'M17']), brokenReport),
    entry(stack('nginx-istio', 'nginx at the edge, Istio sidecars', 'istio'), soundReport, {
      outcome: null,
      folder: null,
      trimmed: { ...trimmed, instead: null, refused: 'quick', needMs: 71_200, leftMs: 11_800, keptMs: 0 },
    }),
  ],
);

/** The products of the second matrix, with their reports. */
export const sampleProducts: readonly ShippedProduct[] = unsoundMatrix.rows.flatMap((row) =>
  row.defaults === null
    ? []
    : [
        {
          row: { ...row, defaults: row.defaults },
          report: brokenReport,
          sound: [],
          compiled: `${row.defaults.product.toLowerCase()}-envoy`,
        },
      ],
);
