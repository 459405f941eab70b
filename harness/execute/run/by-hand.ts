import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import { applyOverlay } from '../../declare/overlay/index.ts';
import type { Declared } from '../../declare/run/index.ts';
import type { HandRecord, HandStep, Segment } from '../../model/index.ts';
import { fromMonotonic } from '../clock/index.ts';
import type { RunClock } from '../clock/index.ts';
import { containersOf } from '../stack/index.ts';
import type { Rig } from './rig.ts';

/** What is changed while a stack runs: the files, as they are to be then, and the steps. */
export type HandWork = { readonly files: ReadonlyMap<string, string>; readonly steps: readonly HandStep[] };

/** The work of a sabotage, on the configuration that the run is mounted with. Throws `bad-input` where its overlay does not fit. */
export const byHandOf = ({ byHand, recorded }: Declared, mounted: ReadonlyMap<string, string>): HandWork | null => {
  if (recorded !== undefined) return recorded.byHand;
  if (byHand === null) return null;
  if (byHand.overlay === null) return { files: new Map(), steps: byHand.steps };
  const { files, diff } = applyOverlay(mounted, byHand.overlay);
  return { files: new Map(diff.map(({ file }) => [file, files.get(file)!])), steps: byHand.steps };
};

/**
 * Makes the changes of a segment with several phases, when the first is over. Never throws: what failed says so in its record, and
 * the attacks that should have noticed then do not.
 */
export const changeByHand = async (
  { byHand, docker, run, scratch, signal }: Rig,
  { phases }: Segment,
  originNs: bigint,
  clock: RunClock,
): Promise<readonly HandRecord[]> => {
  const [first, second] = phases;
  if (byHand === null || first === undefined || second === undefined) return [];
  const left = Number(originNs - process.hrtime.bigint()) / 1e6 + first.endMs;
  await sleep(Math.max(0, left), undefined, { signal }).catch(() => undefined);
  if (signal.aborted) return [];
  // In place: a mounted file is its inode.
  for (const [name, content] of byHand.files) writeFileSync(join(scratch.config, name), content);
  const records: HandRecord[] = [];
  for (const step of byHand.steps) {
    const error = await take(docker, run, step).catch((cause: unknown) =>
      cause instanceof Error ? cause.message : String(cause),
    );
    const atMs = fromMonotonic(clock, process.hrtime.bigint());
    records.push({ type: 'hand', service: step.service, what: textOf(step, byHand), atMs, error });
  }
  return records;
};

const textOf = (step: HandStep, { files }: HandWork): string =>
  [...[...files.keys()].map((name) => `edited ${name}`), 'exec' in step ? step.exec.join(' ') : 'restarted'].join(', ');

/** How long a step may take. */
const patienceMs = 10_000;

/** Takes a step. Null where it took, otherwise why it did not. */
const take = async (docker: Dockerode, run: string, step: HandStep): Promise<string | null> => {
  const member = (await containersOf(docker, run)).get(step.service);
  if (member === undefined) return `there is no container of ${step.service}`;
  const container = docker.getContainer(member.id);
  if (!('exec' in step)) return container.restart({ t: 1 }).then(() => null);
  const exec = await container.exec({ Cmd: [...step.exec], AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({});
  let said = '';
  stream.on('data', (bytes: Buffer) => (said = (said + bytes.toString('utf8')).slice(-500)));
  const until = performance.now() + patienceMs;
  for (let state = await exec.inspect(); ; state = await exec.inspect()) {
    if (!state.Running) return state.ExitCode === 0 ? null : `exit ${state.ExitCode}: ${said.trim()}`;
    if (performance.now() > until) return `it did not end within ${patienceMs} ms`;
    await sleep(50);
  }
};
