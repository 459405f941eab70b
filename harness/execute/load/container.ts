import { basename, dirname, resolve } from 'node:path';
import type Dockerode from 'dockerode';
import { projectRoot } from '../../declare/discover/index.ts';
import { labels } from '../engine/index.ts';

const script = resolve(projectRoot, 'scenarios/k6/replay.ts');

/** Where the container finds its input, and writes its results. */
const inside = { load: '/holdfast/load', scripts: '/holdfast/k6', ca: '/holdfast/ca.pem' } as const;
/** File of the results, in the folder of the input. */
export const resultsFile = 'results.txt';

/** What the container needs of its surroundings. Paths are absolute paths of this machine. */
export type ContainerSpec = {
  readonly run: string;
  readonly image: string;
  /** Network in which the target's name resolves. */
  readonly network: string;
  readonly folder: string;
  /** Certificates that the target is verified against, PEM. */
  readonly caFile: string;
  readonly cpuShares: number;
  readonly cpuLimit: number | undefined;
};

/** Creates k6's container. It runs as the user of the harness, so that it can read the input, which is for that user only. */
export const createContainer = (docker: Dockerode, spec: ContainerSpec): Promise<Dockerode.Container> =>
  docker.createContainer({
    name: `${spec.run}-load-${basename(spec.folder)}`,
    Image: spec.image,
    Labels: labels(spec.run, 'load'),
    User: `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`,
    Entrypoint: ['k6'],
    Cmd: [
      'run',
      '--quiet',
      // Nothing but the console lines is wanted: no summary, no report to k6's makers.
      '--summary-mode=disabled',
      '--no-usage-report',
      '--log-format=raw',
      `--console-output=${inside.load}/${resultsFile}`,
      `${inside.scripts}/replay.ts`,
    ],
    Env: [
      `HOLDFAST_LOAD=${inside.load}`,
      // Go takes the roots of trust from here instead of from the system: the target is verified, never skipped.
      `SSL_CERT_FILE=${inside.ca}`,
      'HOME=/tmp',
    ],
    HostConfig: {
      NetworkMode: spec.network,
      Binds: [
        `${spec.folder}:${inside.load}`,
        `${dirname(script)}:${inside.scripts}:ro`,
        `${spec.caFile}:${inside.ca}:ro`,
      ],
      // The generator comes first: a generator that waits for its target hides the target's stalls.
      CpuShares: spec.cpuShares,
      ...(spec.cpuLimit === undefined ? {} : { NanoCpus: Math.round(spec.cpuLimit * 1e9) }),
    },
  });
