/** What can go wrong, as a closed union: the code decides the exit code (see cli/exit.ts). */
export type ErrorCode =
  /** A flag or an argument is wrong (exit 254). */
  | 'usage'
  /** A plan, policy, trace, stack, attack, sabotage or overlay file is wrong (exit 254). */
  | 'bad-input'
  /** A policy says what an enforcer cannot express (exit 254). */
  | 'inexpressible'
  /** A stored run is corrupt, truncated or altered (exit 2). */
  | 'bad-run'
  /** A signature or a digest does not match (exit 2). */
  | 'bad-proof'
  /** The target is not a container that this run started (exit 255). */
  | 'foreign-target'
  /** Something the harness needs on this machine is absent, and it cannot install it (exit 255). */
  | 'missing-tool'
  /** An image could neither be pulled nor built (exit 255). */
  | 'no-image'
  /** The stack did not come up, or lost a part (exit 255). */
  | 'stack-down'
  /** The user or the parent process asked to stop (exit 2). */
  | 'interrupted'
  /** A fault of the harness itself (exit 255). */
  | 'internal';

/** Where in a file something was found; line and column count from 1. */
export type Place = { readonly file: string; readonly line?: number; readonly column?: number };

/** The one error of the harness: what was expected, what was found, where, and the next thing to do. */
export class HoldfastError extends Error {
  readonly code: ErrorCode;
  /** The next command or edit that would help. */
  readonly hint: string | undefined;
  readonly place: Place | undefined;

  constructor(code: ErrorCode, message: string, more: { hint?: string; place?: Place; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'HoldfastError';
    this.code = code;
    this.hint = more.hint;
    this.place = more.place;
  }
}
