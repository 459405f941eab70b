import { randomBytes } from 'node:crypto';
import type { Kinds, LogReader, OverlayDiff, SabotageSummary, Schedule } from '../../model/index.ts';
import { applyOverlay } from '../../declare/overlay/index.ts';
import type { Declared } from '../../declare/run/index.ts';
import { renderConfiguration } from '../../policy/index.ts';
import { markersOf } from '../attack/index.ts';
import { drift, fromMonotonic, startClock } from '../clock/index.ts';
import { docker as engine, ensureImages, removeRun, startWatchdog } from '../engine/index.ts';
import type { Progress } from '../engine/index.ts';
import { createAuthority } from '../identity/index.ts';
import type { OnLive } from '../live/index.ts';
import { lossRecords, opRecords, seenRecords } from '../operate/index.ts';
import { credentialsFor } from './credentials.ts';
import { holdStack } from './hold.ts';
import type { Held } from './hold.ts';
import type { RawRun } from './raw.ts';
import { replay } from './replay.ts';
import { buildRig } from './rig.ts';
import { runRecord } from './run-record.ts';
import { createScratch } from './scratch.ts';

export type ExecuteInputs = {
  readonly run: string;
  readonly declared: Declared;
  readonly schedule: Schedule;
  readonly kinds: Kinds;
  /** How the log of the edge is read. */
  readonly log: LogReader;
  readonly sabotage: SabotageSummary;
  readonly repo: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Receives how the replay goes, about once a second; absent: nobody looks, and nothing is read along. */
  readonly onLive?: OnLive | undefined;
  /** Receives what the run brought back. */
  readonly collect: (raw: RawRun) => void;
  /** Where given, the stack stays up when the run is over, without the instruments, and this is told where everything is. */
  readonly hold?: ((held: Held) => void) | undefined;
  /** The configuration as mounted. */
  readonly onRendered: (files: ReadonlyMap<string, string>) => void;
};

/** Images that the harness itself needs, beside the stack's. */
const instruments = ['k6', 'mitmproxy', 'toolbox', 'workload'];
const validForMs = 6 * 3_600_000;
/** How far the wall clock may step during a run before its times are in doubt. */
const driftLimitMs = 5;

/** The rendered configuration of a declared run, overlay applied; or the recorded one. Effects: reads files. */
export const renderDeclared = ({
  policy,
  stack,
  overlay,
  recorded,
  today,
  compilers,
}: Declared): { readonly files: ReadonlyMap<string, string>; readonly diff: readonly OverlayDiff[] } => {
  if (recorded !== undefined) return { files: recorded.files, diff: recorded.overlay };
  const rendered = renderConfiguration(policy, stack, { today, compilers });
  return overlay === null ? { files: rendered, diff: [] } : applyOverlay(rendered, overlay);
};

/**
 * Executes a schedule on real containers and hands over what came back. Everything that it starts is removed before it returns or
 * throws, and by the watchdog if it cannot. An interrupted run hands over what there is, marked partial.
 */
export const executeRun = async (inputs: ExecuteInputs): Promise<void> => {
  const { run, declared, schedule, sabotage, repo, signal, progress } = inputs;
  const { stack, policy, plan } = declared;
  const docker = engine();
  const { files, diff } = renderDeclared(declared);
  inputs.onRendered(files);
  const images = await ensureImages([...new Set([...stack.images, ...instruments])], progress, signal);
  signal.throwIfAborted();
  const startedAt = new Date();
  const key = randomBytes(32);
  const scratch = createScratch(run);
  const watchdog = await startWatchdog({ run, scratch: scratch.root, progress }).catch((error: unknown) => {
    scratch.remove();
    throw error;
  });
  let held: Held | null = null;
  try {
    const authority = await createAuthority({ run, stack, policy, now: startedAt, validForMs });
    const credentials = credentialsFor(schedule, inputs.kinds, authority);
    const record = await runRecord({
      run,
      kinds: inputs.kinds,
      startedAt,
      declared,
      schedule,
      overlay: diff,
      files,
      images,
      docker,
      repo,
      sabotage,
    });
    const rig = await buildRig({
      docker,
      run,
      key,
      stack,
      policy,
      log: inputs.log,
      schedule,
      kinds: inputs.kinds,
      hops: declared.hops,
      files,
      images,
      authority,
      credentials,
      scratch,
      repo,
      signal,
      progress,
    });
    const clock = startClock();
    const { outcomes, phases, capacity, partial } = await replay({
      rig,
      clock,
      plan,
      authority,
      onLive: inputs.onLive,
    });
    const endMs = fromMonotonic(clock, process.hrtime.bigint());
    const drifted = drift(clock);
    progress('record: stopping the taps, reading the journals');
    const recording = { run, key, clock };
    const observed = await rig.observing.collect({ ...recording, phases, senders: rig.attackers, markersOf });
    const { acting } = rig.actions;
    inputs.collect({
      run: record,
      key,
      clock,
      services: stack.services.map(({ id }) => id),
      attackIds: schedule.attacks.map(({ id }) => id),
      capacity,
      phases,
      segments: outcomes.map(({ raw }) => raw),
      ops: outcomes.flatMap(({ raw: { originMs }, operated }, i) =>
        opRecords(operated, acting, recording, originMs, i === 0 ? 0 : outcomes[0]!.operated.length),
      ),
      seen: [...outcomes.flatMap((outcome) => seenRecords(outcome.seen, recording)), ...observed.seen],
      losses: [
        ...lossRecords(acting),
        ...observed.losses,
        ...(Math.abs(drifted) > driftLimitMs
          ? [{ type: 'loss' as const, observer: 'clock', code: 'stepped', count: 1, data: { ms: drifted } }]
          : []),
      ],
      partial,
      endMs,
    });
    if (inputs.hold !== undefined && !signal.aborted)
      held = await holdStack({ docker, run, stack, policy, scratch, authority });
  } catch (error) {
    // After a Ctrl-C everything fails in its own way, compose among it: the reason is the interruption.
    throw signal.aborted ? signal.reason : error;
  } finally {
    if (held !== null) await watchdog.leave();
    else {
      // The keys go first, whatever becomes of the rest.
      scratch.remove();
      await removeRun(run);
      await watchdog.release();
    }
  }
  if (held !== null) inputs.hold?.(held);
};
