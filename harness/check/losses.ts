import type { LossRecord, Report } from '../model/index.ts';
import type { Evidence } from './evidence.ts';
import { seconds, visible } from './excerpt.ts';

/**
 * Lost evidence of these kinds could hide an admission by any attack: `journal …`, `witness …`, `attempt …`, `interceptor …`.
 * What the tap lost costs the tap's own attack its verdict (tap.ts). What else is lost (an access log's line, a sender's figure)
 * is counted and said, and costs none.
 */
const decisive = /^(journal|witness|attempt|interceptor)/;

/** What was lost or has no owner, as the report lists it. */
export const reportLosses = (evidence: Evidence): Report['losses'] => {
  const losses = evidence.losses.map(({ what, count, detail }) => ({ what, count, detail: visible(detail) }));
  const { strangers } = evidence;
  const first = strangers[0];
  if (first === undefined) return losses;
  const { kind, service, method, path, atMs } = first;
  return [
    ...losses,
    {
      what: 'requests at a witness that nobody sent',
      count: strangers.length,
      detail: `the first: ${kind} ${first.seq}, ${visible(method)} ${visible(path)} at ${visible(service)}, ${seconds(atMs)}`,
    },
  ];
};

/** Why losses leave the run's verdict open; empty where they do not. */
export const faultsOfLosses = (evidence: Evidence): string[] => {
  const lost = evidence.losses.filter(({ what, count }: LossRecord) => count > 0 && decisive.test(what));
  const reasons = lost.map(({ what, count }) => `evidence was lost that could show an admission: ${what} (${count})`);
  if (evidence.strangers.length > 0) {
    reasons.push(
      `${evidence.strangers.length} requests reached a witness that nobody is known to have sent: they may be admissions`,
    );
  }
  return reasons;
};
