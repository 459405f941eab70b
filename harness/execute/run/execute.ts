import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CapacityRecord, PhaseRecord, SabotageSummary, Schedule } from '../../model/index.ts';
import { applyOverlay } from '../../declare/overlay/index.ts';
import type { Declared } from '../../declare/run/index.ts';
import { renderConfiguration } from '../../policy/index.ts';
import { capacityOf, keepFor, materialise } from '../../schedule/index.ts';
import { drift, fromMonotonic, startClock } from '../clock/index.ts';
import { docker as engine, ensureImages, removeRun, startWatchdog } from '../engine/index.ts';
import type { Progress } from '../engine/index.ts';
import { createAuthority } from '../identity/index.ts';
import { credentialsFor } from './credentials.ts';
import { instrumentRecords } from './instruments.ts';
import type { RawRun } from './raw.ts';
import { buildRig } from './rig.ts';
import { runRecord } from './run-record.ts';
import { createScratch } from './scratch.ts';
import { runSegment } from './segment.ts';
import type { SegmentOutcome } from './segment.ts';

export type ExecuteInputs = {
  readonly run: string;
  readonly declared: Declared;
  readonly schedule: Schedule;
  readonly sabotage: SabotageSummary;
  readonly repo: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Receives the raw run while its scratch folder is still there: journals are read from it. */
  readonly collect: (raw: RawRun) => void;
  /** The configuration as mounted. */
  readonly onRendered: (files: ReadonlyMap<string, string>) => void;
};

/** Images that the harness itself needs, beside the stack's. */
const instruments = ['k6', 'mitmproxy', 'toolbox', 'workload'];
const validForMs = 6 * 3_600_000;
/** How far the wall clock may step during a run before its times are in doubt. */
const driftLimitMs = 5;

/** The rendered configuration of a declared run, overlay applied. Effects: reads files. */
export const renderDeclared = ({ policy, stack, overlay }: Declared) => {
  const rendered = renderConfiguration(policy, stack, {
    compose: readFileSync(join(stack.folder, 'compose.yaml'), 'utf8'),
  });
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
  try {
    const authority = await createAuthority({ run, stack, policy, now: startedAt, validForMs });
    const credentials = credentialsFor(schedule, authority);
    const record = await runRecord({
      run,
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
      schedule,
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
    const outcomes: SegmentOutcome[] = [];
    const phases: PhaseRecord[] = [];
    let numbers = { legit: 0, sent: 0, canary: 0 };
    const segment = async (name: 'capacity' | 'main', keep: number): Promise<SegmentOutcome> => {
      const wanted = schedule[name]!;
      const outcome = await runSegment({
        rig,
        name,
        segment: wanted,
        arrivals: materialise(wanted, keep),
        tokens: ({ subject, claims }) => authority.token({ subject, claims }),
        virtualUsers: plan.load.virtualUsers,
        timeoutMs: plan.load.timeoutMs,
        numbers,
        clock,
      });
      numbers = outcome.numbers;
      outcomes.push(outcome);
      const { originMs } = outcome.raw;
      for (const { id, startMs, endMs } of wanted.phases)
        phases.push({ type: 'phase', id, startMs: originMs + startMs, endMs: originMs + endMs });
      return outcome;
    };

    let capacity: CapacityRecord | null = null;
    let partial: string | null = null;
    try {
      if (schedule.capacity !== null) progress(`capacity: ramp of ${seconds(schedule.capacity)} s, attacks running`);
      const ramp = schedule.capacity === null ? null : await segment('capacity', 1);
      signal.throwIfAborted();
      capacity = capacityOf(plan, ramp?.raw.legit ?? []);
      progress(
        `capacity: ${Math.round(capacity.perSecond)} requests/s; the spike peaks at ${Math.round(capacity.peakPerSecond)}/s`,
      );
      progress(`replay: ${schedule.main.phases.map(({ id }) => id).join(', ')} in ${seconds(schedule.main)} s`);
      await segment('main', keepFor(plan, capacity.perSecond).keep);
      signal.throwIfAborted();
    } catch (error) {
      if (!signal.aborted) throw error;
      partial = error instanceof Error ? error.message : String(error);
    }
    const endMs = fromMonotonic(clock, process.hrtime.bigint());
    const drifted = drift(clock);
    progress('record: stopping the taps, reading the journals');
    const seen = await instrumentRecords({ rig, clock, phases, outcomes });
    inputs.collect({
      run: record,
      key,
      clock,
      journal: scratch.journal,
      services: stack.services.map(({ id }) => id),
      attackIds: schedule.attacks.map(({ id }) => id),
      capacity,
      phases,
      segments: outcomes.map(({ raw }) => raw),
      ...seen,
      losses: [
        ...seen.losses,
        ...(Math.abs(drifted) > driftLimitMs
          ? [{ type: 'loss' as const, what: 'wall clock', count: 1, detail: `stepped by ${drifted} ms during the run` }]
          : []),
      ],
      partial,
      endMs,
    });
  } catch (error) {
    // After a Ctrl-C everything fails in its own way, compose among it: the reason is the interruption.
    throw signal.aborted ? signal.reason : error;
  } finally {
    // The keys go first, whatever becomes of the rest.
    scratch.remove();
    await removeRun(run);
    await watchdog.release();
  }
};

const seconds = (segment: NonNullable<Schedule['capacity']>): number =>
  Math.round(Math.max(...segment.phases.map(({ endMs }) => endMs)) / 1000);
