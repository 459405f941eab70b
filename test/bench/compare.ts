/** One thing that is timed, and the peer that it is held against. */
export type Contest = {
  readonly what: string;
  readonly peer: string;
  readonly ours: () => unknown;
  readonly theirs: () => unknown;
};

/** Ratios of a contest, ours ÷ peer, pair by pair; below 1 we are quicker. */
export type Outcome = {
  readonly what: string;
  readonly peer: string;
  readonly median: number;
  readonly low: number;
  readonly high: number;
};

const rounds = 7;

const timed = (run: () => unknown): number => {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start);
};

/** Runs both sides in turn, A B A B …, after one round that is not counted: the machine's speed may drift, the ratio does not. */
export const compare = ({ what, peer, ours, theirs }: Contest): Outcome => {
  timed(ours);
  timed(theirs);
  const ratios = Array.from({ length: rounds }, () => timed(ours) / timed(theirs)).sort((a, b) => a - b);
  return { what, peer, median: ratios[(rounds - 1) / 2]!, low: ratios[0]!, high: ratios.at(-1)! };
};
