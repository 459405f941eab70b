import type Dockerode from 'dockerode';
import type {
  CertificateRecipe,
  Hop,
  LossRecord,
  OpRecord,
  Operation,
  Schedule,
  SeenRecord,
  Stack,
} from '../../model/index.ts';
import type { RequestKind } from '../identity/index.ts';

/** What an action may use of the rig. Everything is the run's own. */
export type OperationHost = {
  readonly docker: Dockerode;
  readonly run: string;
  readonly stack: Stack;
  readonly hops: readonly Hop[];
  /** The mesh network as Docker names it. */
  readonly network: string;
  /** Local reference of one of the harness's own images. */
  readonly image: (name: 'mitmproxy' | 'toolbox' | 'workload') => string;
  /** A folder of the action's own, gone with the run. */
  readonly scratch: string;
  /** Folder of the mounted configuration. */
  readonly config: string;
  readonly schedule: Pick<Schedule, 'attacks' | 'configurations'>;
  readonly certificate: (recipe: CertificateRecipe) => { readonly cert: string; readonly key: string };
  /** The identity text of a request of the harness's own. */
  readonly id: (kind: RequestKind, seq: number) => string;
  readonly signal: AbortSignal;
};

/** An operation as it went. CLOCK_MONOTONIC, ns; see OpRecord. */
export type Operated = {
  readonly operation: Operation;
  /** Its number in the segment. */
  readonly number: number;
  readonly dueMs: number;
  readonly askedNs: bigint;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly overNs: bigint;
  readonly error: string | null;
};

/** What an instrument of an action saw, before clocks and identities are those of the run. `id`: an identity as it was read. */
export type RawSeen = {
  readonly kind: SeenRecord['kind'];
  readonly atNs: bigint;
  readonly id: string | null;
  readonly data: Readonly<Record<string, unknown>>;
};

/** What an action brings back when a segment is over. */
export type Brought = {
  readonly seen: readonly RawSeen[];
  /** Why an operation that went well proves nothing all the same, by its number. */
  readonly faults: ReadonlyMap<number, string>;
};

/** An action that is ready to act. */
export type Acting<O> = {
  /** Resolves when it is seen to be in effect. Throws where it is not. */
  readonly apply: (op: O, operation: Operation) => Promise<void>;
  /** Resolves when it is seen to be gone. Idempotent; not called for what has only a moment. Throws where it is not gone. */
  readonly undo: (op: O, operation: Operation) => Promise<void>;
  /** The data of its record. */
  readonly data: (op: O, operation: Operation, number: number) => OpRecord['data'];
  readonly bring?: (operated: readonly Operated[]) => Promise<Brought>;
  /** Evidence of its own that was lost, over the whole run. */
  readonly losses?: () => readonly (Pick<LossRecord, 'observer' | 'code' | 'count'> & {
    readonly data?: LossRecord['data'];
  })[];
  readonly stop: () => Promise<void>;
};

/** `run.ts` of an action: readies it for the operations of a schedule. Throws where it cannot; leaves nothing behind then. */
export type Runner<O = Readonly<Record<string, unknown>>> = {
  readonly ready: (host: OperationHost, operations: readonly Operation[]) => Promise<Acting<O>>;
};
