import type {
  CapacityRecord,
  LossRecord,
  OpRecord,
  PhaseRecord,
  RunRecord,
  Schedule,
  SeenRecord,
} from '../../model/index.ts';
import type { RawAttempt, RawTwin } from '../attack/index.ts';
import type { RunClock } from '../clock/index.ts';
import type { RawLegit } from '../load/index.ts';

/** What one segment's senders brought back; times count from the segment's origin. */
export type RawSegment = {
  /** The segment's origin, ms since the run's origin. */
  readonly originMs: number;
  readonly twins: Schedule['main']['twins'];
  readonly legit: readonly RawLegit[];
  readonly attempts: readonly RawAttempt[];
  readonly twinResults: readonly RawTwin[];
};

/** Everything that a run brought back, before it becomes a history. */
export type RawRun = {
  readonly run: RunRecord;
  readonly key: Uint8Array;
  readonly clock: RunClock;
  readonly services: readonly string[];
  readonly attackIds: readonly string[];
  readonly capacity: CapacityRecord | null;
  readonly phases: readonly PhaseRecord[];
  readonly segments: readonly RawSegment[];
  /** What was done to the stack. */
  readonly ops: readonly OpRecord[];
  /** What observers and instruments of actions saw. */
  readonly seen: readonly SeenRecord[];
  readonly losses: readonly LossRecord[];
  readonly partial: string | null;
  readonly endMs: number;
};
