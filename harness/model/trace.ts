/** A recorded spike: arrivals per second, without holes. */
export type Trace = {
  readonly id: string;
  /** Where it comes from, from the file's own comment. */
  readonly source: string;
  /** Requests in each second since the start of the recording. */
  readonly perSecond: readonly number[];
};
