import type { Form, Report } from '../../harness/model/index.ts';
import type { Ending } from './answer.ts';
import type { Sample } from './run.ts';
import { declared } from './planned.ts';
import { reportOf, sound } from './sound.ts';

/** Until when the phases of the plan last, in ms since the first began. */
const spike = { fromMs: 3000, toMs: 12_000 } as const;

/** Before the phases begin. */
const duringRamp = -1;

/** What gets in, or says nothing: by attack, variants, target, and stretch of the phases. */
const deviations: readonly (readonly [
  attack: string,
  variant: RegExp,
  target: string | null,
  fromMs: number,
  toMs: number,
  ending: Ending,
])[] = [
  ['E3', /^expired@/, 'edge', 6000, 10_000, 'broke'],
  ['E12', /^x-forwarded-client-cert$/, 'edge', duringRamp, 15_000, 'broke'],
  ['M3', /^no-certificate$/, 'orders', duringRamp, 15_000, 'broke'],
  ['P1', /^glued-suffix@browse-catalogue$/, 'edge', spike.fromMs, spike.toMs, 'broke'],
  ['P1', /^encoded-dots@browse-catalogue$/, 'edge', spike.fromMs, spike.toMs, 'broke'],
  ['P1', /^exact@checkout$/, 'edge', spike.fromMs, spike.toMs, 'broke'],
  ['D1', /./, null, spike.fromMs, spike.toMs, 'late'],
];

const ends = (attack: string, { variant, target }: Form, atMs: number): Ending =>
  deviations.find(
    ([id, variants, at, fromMs, toMs]) =>
      id === attack && variants.test(variant) && (at ?? target) === target && atMs >= fromMs && atMs < toMs,
  )?.[5] ?? 'held';

/** The same plan on a stack with an overlay that lets in what it must not, with a short stall, an attack that shows too little, and a loss. */
export const broken: Sample = {
  ...sound,
  run: {
    run: 'r20261124-061500-cd34',
    startedAt: '2026-11-24T06:15:00.000Z',
    policy: {
      ...declared.policy,
      waivers: [
        {
          enforcer: 'envoy-edge',
          part: 'paths',
          reason: 'until the next release',
          expires: '2027-03-31',
        },
        {
          enforcer: 'envoy-mesh',
          part: 'calls.storefront-orders',
          reason: 'for the launch',
          expires: '2026-10-31',
        },
      ],
    },
    overlay: [
      {
        file: 'orders/envoy.yaml',
        diff: '--- orders/envoy.yaml\n+++ orders/envoy.yaml\n@@ -41,3 +41,3 @@\n             common_tls_context: *mesh\n-          require_client_certificate: true\n+          require_client_certificate: false\n             session_timeout: 0s',
      },
    ],
    sabotage: { measured: false, measuredAt: null, total: 0, caught: 0, missed: [], falseAlarms: 0 },
  },
  bears: { ...sound.bears, fails: (dueMs) => dueMs >= 17_000 && dueMs < 17_150 },
  ends,
  losses: [{ type: 'loss', observer: 'edge-log', code: 'unreadable', count: 3, data: {} }],
};

export const brokenReport: Report = reportOf(broken);
