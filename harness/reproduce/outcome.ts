import type { Report } from '../model/index.ts';
import type { Bundle } from './bundle.ts';

/** What one run of a part shows of its incident. */
export type Outcome = {
  readonly outcome: 'reproduced' | 'not-reproduced' | 'unknown';
  /** Why it is unknown; null where it is not. */
  readonly reason: string | null;
  /** Attempts like those of the incident that broke the claim, and all of them. */
  readonly admitted: number;
  readonly of: number;
};

/** Why an attack is unknown where it only lacks attempts: a part has fewer than a bound needs (check/attack.ts). */
const ofCounts = /\bdeterminate\b/;

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
  const unknown = (reason: string): Outcome => ({ outcome: 'unknown', reason, admitted: 0, of });
  if (report.partial) return unknown('the run was cut short');
  if (report.verdict === 'INVALID') return unknown(`the run is INVALID: ${report.reasons.join('; ')}`);
  // What leaves the whole run open leaves this open: lost evidence, a stack that failed its own users.
  const ofRun = report.reasons.filter((reason) => report.attacks.every(({ id }) => !reason.startsWith(`${id}: `)));
  if (ofRun.length > 0) return unknown(ofRun.join('; '));
  const blocked = own?.verdict === 'unknown' && !ofCounts.test(own.reason ?? '') ? own.reason : null;
  if (blocked !== null) return unknown(blocked);
  if (own === undefined || of === 0) return unknown('no attempt of its kind was made');
  if (determinate === 0) {
    const [reason] = Object.keys(own.indeterminateReasons);
    return unknown(`none of ${of} attempts of its kind is determinate${reason === undefined ? '' : `: ${reason}`}`);
  }
  return { outcome: 'not-reproduced', reason: null, admitted: 0, of };
};
