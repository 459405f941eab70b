import { attackRecords } from '../../harness/schedule/index.ts';
import type { Form, HistoryRecord, RunRecord } from '../../harness/model/index.ts';
import type { Ending } from './answer.ts';
import { sampleDigest } from './digest.ts';
import type { Bears } from './load.ts';
import { declared, kinds, planned } from './planned.ts';

/** What a sample run is, and how its stack behaved. */
export type Sample = {
  readonly run: Partial<RunRecord> & Pick<RunRecord, 'run' | 'startedAt'>;
  readonly bears: Bears;
  /** How an attempt ends, by its attack, its form and the time since the phases began; that is -1 during the ramp. */
  readonly ends: (attack: string, form: Form, atMs: number) => Ending;
  readonly losses: readonly HistoryRecord[];
};

const { plan, policy, stack, hops } = declared;

/** The first record of a sample's history. */
export const runRecord = ({ run }: Sample): RunRecord => ({
  type: 'run',
  seed: declared.seed,
  harness: '0.1.0',
  plan,
  policy,
  stack: {
    id: stack.id,
    title: stack.title,
    hops,
    features: stack.features,
    enforcers: [stack.compilers.edge, stack.compilers.mesh].filter((id) => id !== null),
  },
  routes: planned.routes,
  // What the definition of an attack is changes with a word of it; a golden file must not.
  attacks: attackRecords(declared, planned, kinds).map((one) => ({ ...one, definition: sampleDigest(one.id) })),
  only: null,
  overlay: [],
  versions: {
    holdfast: '0.1.0',
    node: '24.21.0',
    'docker engine': '20.10.24',
    envoy: '1.40.0 (cached)',
    k6: '2.2.0 (cached)',
    mitmproxy: '11.0.2 (cached)',
  },
  digests: Object.fromEntries(
    [...Object.keys(declared.digests), 'schedule', 'configuration', 'image envoy', 'image k6', 'image workload'].map(
      (name) => [name, sampleDigest(name)],
    ),
  ),
  machine: { cpus: 2, memoryBytes: 8_232_112_128, kernel: '6.1.0', engine: '20.10.24 (API 1.41)' },
  sabotage: {
    measured: true,
    measuredAt: '2026-11-23T21:14:00.000Z',
    total: 16,
    caught: 16,
    missed: [],
    falseAlarms: 0,
  },
  places: declared.places,
  ...run,
});
