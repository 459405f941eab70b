import type { LoadReport } from '../model/index.ts';
import type { Evidence } from './evidence.ts';
import type { Replayed } from './load.ts';
import { rampPhase } from './phases.ts';
import { faultOfRamp } from './ramp.ts';

/** With fewer arrivals there was no load, and nothing was shown under load. */
const fewestArrivals = 100;
/** A stack that fails more of its own users than this shows nothing by refusing attackers as well. */
const mostUsersRefused = 0.05;

/** Why the instrument was not fit, so that the run is INVALID; empty where it was. */
export const faultsOfInstrument = (evidence: Evidence, load: LoadReport): string[] => {
  const { peak, invalid } = evidence.run.plan.load;
  const ramp = faultOfRamp(evidence);
  const faults: string[] = ramp === null ? [] : [ramp];
  if (load.intended < fewestArrivals) {
    faults.push(`expected at least ${fewestArrivals} arrivals for a load, found ${load.intended}`);
  }
  const share = load.intended === 0 ? 0 : load.dropped / load.intended;
  // Beyond the stack's capacity drops are its doing: requests in flight pile up until no virtual user is free.
  if (peak <= 1 && share > invalid.dropsShare) {
    faults.push(
      `the load generator dropped ${load.dropped} of ${load.intended} arrivals (${percent(share)}), more than ${percent(invalid.dropsShare)}`,
    );
  }
  if (load.latenessP99Ms !== null && load.latenessP99Ms > invalid.latenessP99Ms) {
    faults.push(`the load generator sent late: p99 ${load.latenessP99Ms} ms, more than ${invalid.latenessP99Ms} ms`);
  }
  return faults;
};

/** The phases in which the stack failed its own users wholesale, below its capacity and with no hop taken over. */
export const usersRefused = ({ run, phases }: Evidence, replayed: readonly Replayed[]): string[] => {
  if (run.plan.load.peak > 1) return [];
  return phases.flatMap((phase) => {
    if (phase.id === rampPhase) return [];
    const sent = replayed.filter((r) => r.phase === phase && !r.leftOut && r.request.sentMs !== null);
    const failed = sent.filter(({ ok }) => !ok).length;
    if (failed <= sent.length * mostUsersRefused) return [];
    return [
      `nothing was shown in phase ${phase.id}: the stack failed ${failed} of ${sent.length} requests of its own users (${percent(failed / sent.length)})`,
    ];
  });
};

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))}%`;
