import { reason } from '../../model/index.ts';
import type {
  AttackRecord,
  AttemptRecord,
  Beyond,
  Conclusion,
  EvidenceKind,
  FormRecord,
  View,
} from '../../model/index.ts';
import { seconds } from '../../check/index.ts';
import { admitted, indeterminate, refusedIf, seenOf } from './support/conclusions.ts';
import { takenOver } from './support/examples.ts';
import { whyLate } from './support/silence.ts';
import {
  cameOver,
  clustersOf,
  eventsOf,
  faultOfWindow,
  settleMs,
  whyNotPutToTheTest,
  windowsOf,
} from './support/windows.ts';
import type { Window } from './support/windows.ts';
import { readInClear, readText } from '../observers/interceptor/saw.ts';
import type { InterceptorEvent } from '../observers/interceptor/saw.ts';

const judge = (view: View, attempt: AttemptRecord, { route }: FormRecord, attack: AttackRecord): Conclusion => {
  if (readInClear(view, attempt) !== undefined) return admitted;
  const window = windowsOf(view, attack).find(
    ({ form, startMs, endMs }) =>
      form === attempt.form && attempt.sentMs >= startMs + settleMs && attempt.sentMs <= endMs,
  );
  if (window === undefined) return indeterminate(reason('outside-window'));
  const fault = faultOfWindow(view, window);
  if (fault !== null) return indeterminate(fault);
  const seen = seenOf(view, attempt);
  const arrived = cameOver(view, window.hop, route, seen);
  if (arrived.some(({ atMs }) => atMs >= window.startMs && atMs <= window.endMs)) return admitted;
  if (arrived.length > 0) return indeterminate(reason('met-true-callee'));
  if (attempt.status !== null && attempt.status < 300) return indeterminate(reason('answered-by-nobody'));
  const nothing = whyLate(attempt) ?? whyNotPutToTheTest(view, window, attempt, seen);
  return nothing === null ? refusedIf(view.twinFault(attempt, window)) : indeterminate(nothing);
};

/** What was read of the replayed traffic in a window: each request once. */
const readFromTraffic = (view: View, attack: AttackRecord, window: Window): readonly Beyond[] => {
  const known = new Set((view.attempts.get(attack.id) ?? []).map(({ seq }) => seq));
  const requests = new Map<string, InterceptorEvent>();
  for (const [i, event] of eventsOf(view, window).entries()) {
    const isOwn = event.of === 'attack' && event.seq !== null && known.has(event.seq);
    if (event.event !== 'clear' || isOwn) continue;
    // The same request may be logged more than once; one without an identity counts by itself.
    const key = event.seq === null ? `line ${i}` : `${event.of} ${event.seq}`;
    if (!requests.has(key)) requests.set(key, event);
  }
  return [...requests.values()].map((event) => ({
    form: window.form,
    atMs: event.atMs,
    cluster: `window ${window.window}`,
    seq: event.seq,
    attacker: `nothing was sent: the interceptor read replayed traffic at ${seconds(event.atMs)}`,
    saw: [readText(event)],
  }));
};

/** An admission is a request that the interceptor read in clear, or that the callee saw over the hop while it was taken over. */
export const evidence: EvidenceKind = {
  id: 'interceptor',
  judge,
  clusters: clustersOf,
  beyond: (view, attack) => windowsOf(view, attack).flatMap((window) => readFromTraffic(view, attack, window)),
  live: { witness: false, result: null },
  example: takenOver,
};
