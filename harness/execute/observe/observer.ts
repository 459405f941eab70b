import type Dockerode from 'dockerode';
import type { Hop, LogReader, LossRecord, PhaseRecord, Policy, SeenRecord, Stack } from '../../model/index.ts';
import type { RunClock } from '../clock/index.ts';

/** What an observer may use of the rig. Everything is the run's own. */
export type ObserverHost = {
  readonly docker: Dockerode;
  readonly run: string;
  readonly stack: Stack;
  readonly policy: Policy;
  readonly hops: readonly Hop[];
  /** The mesh network as Docker names it. */
  readonly network: string;
  /** Local reference of one of the harness's own images. */
  readonly image: (name: 'toolbox' | 'workload') => string;
  /** A folder of the observer's own, gone with the run. */
  readonly scratch: string;
  /** Folder in which the workloads and the edge write what came to them. */
  readonly journal: string;
  /** How the log of the edge is read. */
  readonly log: LogReader;
};

/** What tells the times, places and identities of a run that is over. */
export type Aftermath = {
  readonly run: string;
  readonly key: Uint8Array;
  readonly clock: RunClock;
  readonly phases: readonly PhaseRecord[];
  /** The harness's own senders on the mesh, address → name: what they begin is nobody else's doing. */
  readonly senders: ReadonlyMap<string, string>;
  /** The values that an attempt plants in spoofed headers, by its sequence number. */
  readonly markersOf: (seq: number) => Readonly<Record<string, string>>;
};

export type Collected = { readonly seen: readonly SeenRecord[]; readonly losses: readonly LossRecord[] };

/** An observer at work. */
export type Observing = {
  /** Ends it and reads what it has. Called once, when no request is sent any more. */
  readonly collect: (about: Aftermath) => Promise<Collected>;
};

/** `collect.ts` of an observer: it is at work before the first request. Throws where it cannot be. */
export type Collector = { readonly start: (host: ObserverHost) => Promise<Observing> };
