import type { DecisionReport, Incident, WaiverReport } from '../../harness/model/index.ts';
import { count } from './numbers.ts';

/** Is the incident a comparison with the policy, rather than something that got through? */
export const isComparison = ({ evidence }: Incident): boolean => evidence.some(({ decisions }) => decisions.length > 0);

/** How many attempts the incident is about, and what became of them. */
export const outcomeText = (incident: Incident): string =>
  `${count(incident.admitted)} of ${count(incident.of)} ${isComparison(incident) ? 'decided against the policy' : 'got through'}`;

/** Did the enforcer do what the policy says? One that was not asked did nothing wrong. */
export const isOtherwise = ({ policy, did }: DecisionReport): boolean => did !== 'not asked' && did !== policy;

const done = { allow: 'let it pass', deny: 'refused it', 'not asked': 'was not asked' } as const;

/** What the policy says at an enforcer, and what that did: `the policy denies it (paths), edge let it pass`. */
export const decisionText = ({ at, policy, by, did }: DecisionReport): string =>
  `the policy ${policy === 'allow' ? 'allows' : 'denies'} it (${by.join(', ')}), ${at} ${done[did]}`;

/** The first request of a comparison and where the two part, in one line; null where the incident is none. */
export const differenceText = ({ request, evidence }: Incident): string | null => {
  const first = evidence.find(({ decisions }) => decisions.length > 0);
  const decision = first?.decisions.find(isOtherwise) ?? first?.decisions[0];
  if (first === undefined || decision === undefined) return null;
  const line = (first.request ?? request).split('\n').find((text) => text.endsWith(' HTTP/1.1')) ?? '';
  return `${line.replace(/ HTTP\/1\.1$/, '')}: ${decisionText(decision)}`;
};

/** A waiver, its last day, and what it explained. */
export const waiverText = ({ enforcer, part, reason, expires, inForce, explained }: WaiverReport): string =>
  inForce
    ? `Waived until ${expires}: ${part} for ${enforcer} (${reason}). This explains ${count(explained)} ${explained === 1 ? 'difference' : 'differences'}.`
    : `The waiver of ${part} for ${enforcer} (${reason}) expired on ${expires} and no longer counts.`;
