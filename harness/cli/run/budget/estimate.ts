/** A run of this night that came to its end: the length of the load that its plan asked for, and what it took in all. */
export type Seen = { readonly plannedMs: number; readonly tookMs: number };

/**
 * What a run takes beside its load, before any was seen: to start a stack and its instruments, and to take them down, and for each
 * moment of load to read the journals and to judge. On two processors 15 s on 40 s of load, and 38 s on 14 minutes.
 */
const besideMs = (plannedMs: number): number => 30_000 + 0.03 * plannedMs;

/**
 * What a plan will take on a stack, from its start to its finished folder, in milliseconds. What stands beside the load is scaled by
 * what the runs of this night took; the slowest counts, for an estimate that is too low overruns the night, and one that is too high
 * only trims it. Pure.
 */
export const estimateMs = (plannedMs: number, seen: readonly Seen[]): number => {
  // A run that a fallen stack cut short took less than its load: that promises nothing.
  const pace = seen.map((run) => Math.max(0, run.tookMs - run.plannedMs) / besideMs(run.plannedMs));
  return plannedMs + besideMs(plannedMs) * (pace.length === 0 ? 1 : Math.max(...pace));
};
