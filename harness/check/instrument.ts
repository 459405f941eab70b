import { reason } from '../model/index.ts';
import type { LoadReport, Reason } from '../model/index.ts';
import type { Gathered } from './gather.ts';
import type { Replayed } from './load.ts';
import { rampPhase } from './phases.ts';
import { ascending, quantile } from './quantile.ts';
import { faultOfRamp } from './ramp.ts';

/** With fewer arrivals there was no load, and nothing was shown under load. */
const fewestArrivals = 100;
/** A stack that fails more of its own users than this shows nothing by refusing attackers as well. */
const mostUsersRefused = 0.05;

/**
 * Why the instrument was not fit, so that the run is INVALID; empty where it was. What the harness did to the stack may keep the
 * generator from sending: that is no fault of it.
 */
export const faultsOfInstrument = (
  view: Gathered,
  { intended }: LoadReport,
  replayed: readonly Replayed[],
): readonly Reason[] => {
  const { peak, invalid } = view.run.plan.load;
  const ramp = faultOfRamp(view);
  const faults: Reason[] = ramp === null ? [] : [ramp];
  if (intended < fewestArrivals) faults.push(reason('too-few-arrivals', { expected: fewestArrivals, found: intended }));
  const main = replayed.filter(({ phase }) => phase?.id !== rampPhase);
  const dropped = main.filter(({ request, excused }) => request.sentMs === null && !excused.drop).length;
  const limitShare = invalid.dropsShare;
  // Beyond the stack's capacity drops are its doing: requests in flight pile up until no virtual user is free.
  if (peak <= 1 && intended > 0 && dropped / intended > limitShare)
    faults.push(reason('arrivals-dropped', { dropped, intended, limitShare }));
  const late = main.flatMap(({ request: { sentMs, dueMs }, excused }) =>
    sentMs === null || excused.lateness ? [] : [sentMs - dueMs],
  );
  const p99Ms = quantile(ascending(late), 0.99);
  if (p99Ms !== null && p99Ms > invalid.latenessP99Ms)
    faults.push(reason('sender-late', { p99Ms, limitMs: invalid.latenessP99Ms }));
  return faults;
};

/** The phases in which the stack failed its own users wholesale, below its capacity and with nothing done to it that excuses it. */
export const usersRefused = ({ run, phases }: Gathered, replayed: readonly Replayed[]): readonly Reason[] => {
  if (run.plan.load.peak > 1) return [];
  return phases.flatMap((phase): Reason[] => {
    if (phase.id === rampPhase) return [];
    const sent = replayed.filter((r) => r.phase === phase && !r.excused.failure && r.request.sentMs !== null);
    const failed = sent.filter(({ ok }) => !ok).length;
    if (failed <= sent.length * mostUsersRefused) return [];
    return [reason('users-refused', { phase: phase.id, failed, of: sent.length })];
  });
};
