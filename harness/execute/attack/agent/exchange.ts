import type { Job } from '../job.ts';

/** What became of an attempt: an answer or the word for why there was none, and the connection that it used. */
export type Seen = {
  readonly status: number | null;
  readonly error: string | null;
  readonly connection: string;
  readonly proved: boolean;
};

/** Sends one attempt; `seen` is called once, whatever happens. */
export type Exchange = (id: string, seq: number, fresh: boolean, seen: (seen: Seen) => void) => void;

/**
 * `agent.ts` of a sender (harness/kinds/senders) exports one as `agent`: what sends the requests of its transports. It runs in the
 * attacker's container and imports Node's built-ins alone. `addresses`: members, resolved and found to be the run's own.
 */
export type SenderAgent = {
  readonly transports: readonly string[];
  readonly start: (
    job: Job,
    addresses: Readonly<Record<string, string>>,
  ) => {
    /** What sends the request of that index. */
    readonly exchange: (index: number) => Exchange;
    /** Ends what is idle. */
    readonly close: () => void;
  };
};
