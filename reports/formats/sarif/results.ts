import type { Incident, Posture, PostureIncident, Report, SourcePlace } from '../../../harness/model/index.ts';
import { differenceText, outcomeText, secondsText, uuidOf, visible, visibleLines } from '../../text/index.ts';
import { goneSince, stateOf } from './baseline.ts';
import { message, sentence } from './message.ts';
import { locationsOf, ownPlace } from './places.ts';
import { levelOf } from './rules.ts';

/** The rule of an attack, by name and by its place in the list. */
const ruleOf = ({ attacks }: Report, attack: string): object => {
  const ruleIndex = attacks.findIndex(({ id }) => id === attack);
  return { ruleId: visible(attack), ...(ruleIndex >= 0 && { ruleIndex }) };
};

/** What makes an incident the same one in two runs; the first is what code scanning on GitHub looks at. */
const identityOf = ({ id }: PostureIncident): object => ({
  correlationGuid: uuidOf('incident', id),
  partialFingerprints: { primaryLocationLineHash: uuidOf('incident', id), 'holdfastIncident/v1': visible(id) },
});

const placesOf = (
  { attack, places }: PostureIncident,
  known: Pick<Report, 'attacks'> | Posture,
): readonly [SourcePlace, ...SourcePlace[]] => {
  const [first, ...others] = places ?? [];
  if (first !== undefined) return [first, ...others];
  return [ownPlace({ id: attack, name: known.attacks.find(({ id }) => id === attack)?.name ?? '' })];
};

const messageOf = (incident: Incident): string => {
  const when = `${incident.phases.join(', ')}, from ${secondsText(incident.firstMs)} to ${secondsText(incident.lastMs)}`;
  const difference = differenceText(incident);
  return [
    sentence(`${incident.title} (${incident.variant}) at ${incident.hop}: ${outcomeText(incident)}, ${when}`),
    ...(difference === null ? [] : [sentence(difference)]),
    `To mend it: ${incident.remediation}`,
  ].join(' ');
};

const resultOf = (report: Report, incident: Incident, baseline: Posture | null): object => ({
  ...ruleOf(report, incident.attack),
  kind: 'fail',
  level: levelOf(incident),
  message: message(messageOf(incident)),
  ...locationsOf(placesOf(incident, report)),
  guid: uuidOf('result', report.run, incident.id),
  ...identityOf(incident),
  occurrenceCount: Math.max(1, incident.admitted),
  ...(baseline !== null && { baselineState: stateOf(incident, baseline) }),
  properties: {
    incident: visible(incident.id),
    control: visible(incident.control),
    hop: visible(incident.hop),
    variant: visible(incident.variant),
    target: visible(incident.target),
    admitted: incident.admitted,
    of: incident.of,
    phases: incident.phases.map(visible),
    firstMs: incident.firstMs,
    lastMs: incident.lastMs,
    request: visibleLines(incident.request),
  },
});

/** What became of an incident of the baseline that is not in the run. It is no failure now, so its level is none (section 3.27.10). */
const sinceThen = ({ attacks }: Report, { attack: id }: PostureIncident): { kind: string; text: string } => {
  switch (attacks.find((attack) => attack.id === id)?.verdict) {
    case 'pass':
      return { kind: 'pass', text: 'it is refused now' };
    case 'fail':
      return { kind: 'informational', text: 'other forms of the attack got through, this one is not known to have' };
    case 'unknown':
      return { kind: 'open', text: 'this run does not know whether it would be refused' };
    case undefined:
      return { kind: 'notApplicable', text: 'the plan of this run does not have the attack' };
  }
};

const absentResult = (report: Report, incident: PostureIncident, baseline: Posture): object => {
  const { kind, text } = sinceThen(report, incident);
  return {
    ...ruleOf(report, incident.attack),
    kind,
    level: 'none',
    message: message(
      `${incident.title} (${incident.variant}) at ${incident.hop} is in the baseline and not in this run: ${text}.`,
    ),
    ...locationsOf(placesOf(incident, baseline)),
    ...identityOf(incident),
    baselineState: 'absent',
  };
};

/** The incidents as results, then those of the baseline that are gone. */
export const resultsOf = (report: Report, baseline: Posture | null): readonly object[] => [
  ...report.incidents.map((incident) => resultOf(report, incident, baseline)),
  ...(baseline === null
    ? []
    : goneSince(report.incidents, baseline).map((incident) => absentResult(report, incident, baseline))),
];
