import type {
  CapacityRecord,
  CleartextRecord,
  HandRecord,
  InterceptorRecord,
  LossRecord,
  PhaseRecord,
  ReloadRecord,
  RunRecord,
  Schedule,
  TapRecord,
  WindowRecord,
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
  /** Folder of the journals. */
  readonly journal: string;
  readonly services: readonly string[];
  readonly attackIds: readonly string[];
  readonly capacity: CapacityRecord | null;
  readonly phases: readonly PhaseRecord[];
  readonly segments: readonly RawSegment[];
  readonly windows: readonly WindowRecord[];
  readonly interceptor: readonly InterceptorRecord[];
  readonly tap: readonly TapRecord[];
  readonly cleartext: readonly CleartextRecord[];
  readonly reloads: readonly ReloadRecord[];
  readonly hands: readonly HandRecord[];
  readonly losses: readonly LossRecord[];
  readonly partial: string | null;
  readonly endMs: number;
};
