import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type Dockerode from 'dockerode';
import type { Kinds, OverlayDiff, RunRecord, SabotageSummary, Schedule } from '../../model/index.ts';
import { digestOf, sha256 } from '../../declare/run/index.ts';
import type { Declared } from '../../declare/run/index.ts';
import { attackRecords, serialise } from '../../schedule/index.ts';
import type { Image } from '../engine/index.ts';

export type RunRecordInputs = {
  readonly run: string;
  readonly startedAt: Date;
  readonly declared: Declared;
  readonly schedule: Schedule;
  readonly kinds: Pick<Kinds, 'actions' | 'senders'>;
  readonly overlay: readonly OverlayDiff[];
  readonly files: ReadonlyMap<string, string>;
  readonly images: ReadonlyMap<string, Image>;
  readonly docker: Dockerode;
  readonly repo: string;
  readonly sabotage: SabotageSummary;
};

/** The first record of a history: everything that a verdict rests on and that is not an event. Effects: asks the engine. */
export const runRecord = async (inputs: RunRecordInputs): Promise<RunRecord> => {
  const { run, startedAt, declared, schedule, kinds, overlay, files, images, docker, repo, sabotage } = inputs;
  const { plan, policy, stack, hops, only, seed, digests, places } = declared;
  const engine = await docker.version();
  const harness = (JSON.parse(readFileSync(join(repo, 'package.json'), 'utf8')) as { version: string }).version;
  return {
    type: 'run',
    run,
    startedAt: startedAt.toISOString(),
    seed,
    harness,
    plan,
    policy,
    stack: {
      id: stack.id,
      title: stack.title,
      hops,
      features: stack.features,
      enforcers: [stack.compilers.edge, stack.compilers.mesh].filter((id) => id !== null),
    },
    routes: schedule.routes,
    attacks: attackRecords(declared, schedule, kinds),
    only,
    overlay,
    versions: {
      holdfast: harness,
      node: process.versions.node,
      'docker engine': engine.Version,
      ...Object.fromEntries([...images].map(([name, { version, source }]) => [name, `${version} (${source})`])),
    },
    digests: {
      ...digests,
      schedule: sha256(serialise(schedule)),
      configuration: digestOf(files),
      ...Object.fromEntries([...images].map(([name, { digest }]) => [`image ${name}`, digest])),
    },
    machine: {
      cpus: cpus().length,
      memoryBytes: totalmem(),
      kernel: release(),
      engine: `${engine.Version} (API ${engine.ApiVersion})`,
    },
    sabotage,
    places,
  };
};
