import type { AttackReport, Incident, Report } from '../../../harness/model/index.ts';
import {
  boundText,
  count,
  differenceText,
  leftOut,
  outcomeText,
  placeText,
  runVerdictMeaning,
  secondsText,
  sentence,
} from '../../text/index.ts';
import { element } from './xml.ts';
import type { Xml } from './xml.ts';

/** What a test case came to. `skipped` is said of what was left out on purpose; what is not known is an `error`, never a pass. */
export type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

/** A test case as JUnit has it. */
export type Case = {
  readonly name: string;
  readonly outcome: Outcome;
  readonly message: string;
  readonly detail: string;
  /** In seconds; null where it has no time of its own. */
  readonly seconds: number | null;
};

/** An attack. In a run whose instrument was not fit nothing passes: its refusals say nothing of the stack. */
export const attackCase = (report: Report, attack: AttackReport): Case => {
  const { name, verdict, attempts, bound95, bound } = attack;
  const reason = attack.reason === null ? null : sentence(attack.reason);
  const incidents = report.incidents.filter((incident) => incident.attack === attack.id);
  // Attempts of all attacks are spread over the same seconds: the run's time stands once, at the run.
  const about = { name: `${attack.id} ${name}`, seconds: null };
  const left = leftOut(attack);
  if (left !== null) return { ...about, outcome: 'skipped', message: left, detail: '' };
  if (verdict === 'fail') {
    const message = `${attack.title}: ${reason ?? 'it got through'}`;
    return { ...about, outcome: 'failure', message, detail: failure(attack, incidents) };
  }
  if (verdict === 'unknown') {
    const message = reason ?? 'the evidence does not say whether it was refused';
    return { ...about, outcome: 'error', message, detail: doubts(attack) };
  }
  if (report.verdict === 'INVALID') {
    const message = 'the run is INVALID: that the attack was refused says nothing of the stack';
    return { ...about, outcome: 'error', message, detail: report.reasons.map(sentence).join('\n') };
  }
  const detail = `${count(attempts)} attempts, none admitted: ${boundText(bound95)}, asked ${boundText(bound)}`;
  return { ...about, outcome: 'passed', message: '', detail };
};

/** The run as a whole: what no single attack is to blame for must not be lost. */
export const runCase = (report: Report, seconds: number): Case => {
  const outcome = { HOLDS: 'passed', BROKEN: 'failure', UNKNOWN: 'error', INVALID: 'error' } as const;
  const caps = report.score.caps.map(({ letter, reason }) => `letter at most ${letter}: ${sentence(reason)}`);
  return {
    name: 'the posture holds',
    // A verdict of a later version is no pass.
    outcome: outcome[report.verdict] ?? 'error',
    message: `${report.verdict}: ${runVerdictMeaning(report.verdict)}`,
    detail: [...report.reasons.map(sentence), ...caps].join('\n'),
    seconds,
  };
};

const failure = ({ secure, remediation, sources }: AttackReport, incidents: readonly Incident[]): string =>
  [
    `Expected: ${secure}`,
    ...incidents.map(incidentText),
    `To mend it: ${remediation}`,
    ...(sources.length === 0 ? [] : [`Sources: ${sources.join('; ')}`]),
  ].join('\n\n');

const incidentText = (incident: Incident): string => {
  const first = incident.evidence[0];
  const difference = differenceText(incident);
  return [
    `${incident.id}: ${incident.variant} at ${incident.hop}, ${outcomeText(incident)}, ${incident.phases.join(', ')}, ` +
      `from ${secondsText(incident.firstMs)} to ${secondsText(incident.lastMs)}`,
    ...(difference === null ? [] : [difference]),
    ...(incident.places ?? []).map((place) => `see ${placeText(place)}`),
    incident.request,
    ...(first === undefined ? [] : [`attacker: ${first.attacker}`, ...first.witness.map((seen) => `witness: ${seen}`)]),
  ].join('\n');
};

const doubts = ({ indeterminateReasons, attempts, required }: AttackReport): string =>
  [
    `${count(attempts)} attempts, ${count(required)} determinate ones required`,
    ...indeterminateReasons.map(({ reason, count: times }) => `${count(times)} × ${sentence(reason)}`),
  ].join('\n');

/** A case as XML. What passed says how often, in `system-out`. */
export const caseXml = (classname: string, { name, outcome, message, detail, seconds }: Case): Xml => {
  const time = seconds === null ? null : seconds.toFixed(3);
  if (outcome !== 'passed')
    return element('testcase', { classname, name, time }, [element(outcome, { type: outcome, message }, detail)]);
  return element('testcase', { classname, name, time }, detail === '' ? [] : [element('system-out', {}, detail)]);
};
