import { reason } from '../model/index.ts';
import type { Reason, ReasonCode, Report } from '../model/index.ts';
import type { Bundle } from './bundle.ts';

/** What one run of a part shows of its incident. */
export type Outcome = {
  readonly outcome: 'reproduced' | 'not-reproduced' | 'unknown';
  /** Why it is unknown; null where it is not. */
  readonly reason: Reason | null;
  /** Attempts like those of the incident that broke the claim, and all of them. */
  readonly admitted: number;
  readonly of: number;
};

/** Why an attack is unknown where it only lacks attempts: a part has fewer than a bound needs (check/attack.ts). */
const ofCounts: ReadonlySet<ReasonCode> = new Set(['too-few-attempts', 'blind-phase', 'blind-form']);

/**
 * Reproduced: the same incident is in the new report. Not reproduced: it is not, though the run was fit and attempts of the same kind
 * were determinate. Everything else is unknown. Pure.
 */
export const outcomeOf = ({ incident, part }: Pick<Bundle, 'incident' | 'part'>, report: Report): Outcome => {
  const same = report.incidents.find(
    ({ id, attack, variant, target }) =>
      id === incident.id || (attack === incident.attack && variant === incident.variant && target === incident.target),
  );
  if (same !== undefined) return { outcome: 'reproduced', reason: null, admitted: same.admitted, of: same.of };
  const own = report.attacks.find(({ id }) => id === incident.attack);
  const forms = part.schedule.attacks.find(({ id }) => id === incident.attack)?.forms ?? [];
  const names = new Set(part.own.map((form) => `${forms[form]?.variant} ${forms[form]?.target}`));
  const alike = (own?.variants ?? []).filter(
    ({ variant, target }) => names.size === 0 || names.has(`${variant} ${target}`),
  );
  const of = alike.reduce((sum, { attempts }) => sum + attempts, 0);
  const determinate = of - alike.reduce((sum, { indeterminate }) => sum + indeterminate, 0);
  const unknown = (why: Reason): Outcome => ({ outcome: 'unknown', reason: why, admitted: 0, of });
  if (report.partial) return unknown(reason('cut-short'));
  if (report.verdict === 'INVALID') return unknown(reason('run-invalid', { reasons: report.reasons }));
  // What leaves the whole run open leaves this open: lost evidence, a stack that failed its own users.
  const ofRun = report.reasons.filter(({ code }) => code !== 'attack');
  if (ofRun.length > 0) return unknown(reason('run-doubted', { reasons: ofRun }));
  if (own?.verdict === 'unknown' && own.reason !== null && !ofCounts.has(own.reason.code)) return unknown(own.reason);
  if (own === undefined || of === 0) return unknown(reason('none-of-its-kind'));
  if (determinate === 0) {
    const most = own.indeterminateReasons[0]?.reason ?? null;
    return unknown(reason('none-of-its-kind-determinate', { attempts: of, reason: most }));
  }
  return { outcome: 'not-reproduced', reason: null, admitted: 0, of };
};
