import type { Policy } from '../../../harness/model/index.ts';

/**
 * What a client gets: a status of HTTP, or null where the edge says nothing and closes. `itself`: the edge answers so, as if it were a
 * site, and passes nothing on.
 */
export type Status = number | null | { readonly itself: 200 };

/**
 * How an edge answers cases by name, where it differs from the contract's own answer. Where that is 200, it takes the request for the
 * plain one that it looks like, which the policy allows: one workload at the least sees it, under the verified subject.
 */
export type Differs = Readonly<Record<string, Status>>;

/** What a line of the edge's log is: how to find a request in it, when it was, and what it says of one without a token. */
export type LogExpectations = {
  /** The field that holds the request's identity. */
  readonly id: string;
  /** Milliseconds since the epoch at which the request arrived. */
  readonly atMs: (entry: Readonly<Record<string, unknown>>) => number;
  /** Of `GET /catalogue/log` without a token. */
  readonly refused: object;
  /** How the product complains on its own output, and of what it may. */
  readonly complaint: RegExp;
  readonly innocent?: RegExp;
};

/** A program of the product that says whether it accepts files under `/t/<n>/`. */
export type Checker = {
  readonly image: string;
  readonly program: string;
  /** What it says once for each file that it accepts. */
  readonly accepted: RegExp;
  readonly options?: readonly string[];
};

export type AcceptExpectations = {
  readonly policies: number;
  /** How the edge may reach the first service; each policy takes the next one. */
  readonly ways: readonly ('mutual-tls' | 'sidecar' | 'clear')[];
  /** What of an arbitrary policy this product must be relieved of. */
  readonly vary?: (policy: Policy) => Policy;
  /** How many of the policies it can express at the least; all of them where this is absent. */
  readonly expressible?: number;
  /** How many files each policy has. */
  readonly files?: (members: number) => number;
  readonly checkers: readonly Checker[];
};

/** All that the contract of an edge has to know of a product. */
export type EdgeExpectations = {
  readonly stack: string;
  /** Rate limits that the product can express, out of the way of everybody but the flooder. */
  readonly rateLimits: Policy['rateLimits'];
  /** What an answer must say, and what neither an answer nor a refusal may. */
  readonly says?: RegExp;
  readonly neverSays: RegExp;
  /** Broken tokens: 401 else. */
  readonly tokens?: Differs;
  /** What the policy does not allow: 403 else. */
  readonly requests?: Differs;
  /** Other hosts: 404 else. */
  readonly hosts?: Differs;
  /** Greetings of TLS: null else. */
  readonly hellos?: Differs;
  /** What `Connection` names, with all identity headers: 200 else. */
  readonly connections?: Differs;
  /** A header with an underscore in its name: passed on without it, or refused. */
  readonly underscored: 200 | 400 | 500;
  /** False where a header that Connection names is removed, as it may be: the identity then must not be named. */
  readonly keepsNamed: boolean;
  readonly log: LogExpectations;
  readonly accepts?: AcceptExpectations;
};
