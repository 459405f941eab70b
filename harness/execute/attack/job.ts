import type { Hello, Send } from '../../model/index.ts';

/**
 * What the host and an agent say to each other: one JSON object a line, commands on the agent's standard input, events on its
 * standard output. Jobs and results go by file, because they are large and a job holds credentials.
 */
export type Command =
  /** Resolve the members by name, once; `subnets` (CIDR) are the only ones that may be sent to. */
  | {
      readonly do: 'resolve';
      readonly names: Readonly<Record<string, readonly string[]>>;
      readonly subnets: readonly string[];
    }
  /** Read the job from a file, remove the file, run it, write the results to another. */
  | { readonly do: 'fire'; readonly job: string; readonly results: string };

export type Event =
  | { readonly event: 'ready' }
  | { readonly event: 'resolved'; readonly addresses: Readonly<Record<string, string>> }
  | { readonly event: 'done' }
  /** `foreign-target` where an address is outside the subnets; `stack-down` where a name does not resolve. */
  | { readonly event: 'failed'; readonly code: 'foreign-target' | 'stack-down' | 'internal'; readonly message: string };

/** A stretch of attempts. Times count from `origin`, CLOCK_MONOTONIC ns, as a decimal string. */
export type Job = {
  readonly origin: string;
  /** From the start of an attempt, connection and handshake included. */
  readonly timeoutMs: number;
  /** Prefix of the ids of connections, unique to agent and job. */
  readonly prefix: string;
  readonly requests: readonly Request[];
  /** By key: the client certificates, PEM. */
  readonly certificates: Readonly<Record<string, { readonly cert: string; readonly key: string }>>;
  /** CAs that the agent trusts, PEM. */
  readonly ca: string;
  /** Sorted by time. */
  readonly slots: readonly Slot[];
};

/** A request ready to be sent, but for what each attempt fills in (`{id}`, `{marker}`, `{markerIp}`). */
export type Request = {
  readonly to: string;
  readonly port: number;
  readonly transport: Send['transport'];
  /** The highest version of TLS that is offered; null: the highest that the sender knows. */
  readonly maximum: '1.2' | '1.3' | null;
  /** For transport `hello`. */
  readonly hello: Hello | null;
  /** Key of the client certificate; null: none. */
  readonly certificate: string | null;
  /** Server name for SNI. */
  readonly servername: string;
  /** How the server is verified; null: an attacker does not ask who it attacks. */
  readonly verify: { readonly kind: 'hostname' | 'uri'; readonly name: string } | null;
  readonly method: string;
  readonly path: string;
  /** Host first, then as sent; a name may stand twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Regular expression that proves an admission by its answer. */
  readonly proof: string | null;
  /** What only its sender knows of (`Send.own`), as the form says it; null: nothing. */
  readonly own: Readonly<Record<string, unknown>> | null;
};

/** [due in ms from the origin, index of the request, 1 for a connection of its own, kind and seq, identity]. */
export type Slot = readonly [
  atMs: number,
  request: number,
  fresh: 0 | 1,
  kind: 'attack' | 'twin',
  seq: number,
  id: string,
];

/** One line of the results; times in CLOCK_MONOTONIC ns as decimal strings; exactly one of status and error is null. */
export type Result = readonly [
  kind: 'attack' | 'twin',
  seq: number,
  sentNs: string,
  endNs: string,
  status: number | null,
  error: string | null,
  connection: string,
  proved: 0 | 1,
];
