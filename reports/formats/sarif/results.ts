import type { Incident, Posture, PostureIncident, Report } from '../../../harness/model/index.ts';
import { differenceText, outcomeText, secondsText, uuidOf, visible, visibleLines } from '../../text/index.ts';
import { goneSince, stateOf } from './baseline.ts';
import { locationsOf } from './places.ts';
import { levelOf, sentence } from './rules.ts';

/** The rule of an attack, by name and by its place in the list. */
export const ruleRef = (
  { attacks }: Report,
  attack: string,
): { readonly ruleId: string; readonly ruleIndex?: number } => {
  const ruleIndex = attacks.findIndex(({ id }) => id === attack);
  return { ruleId: visible(attack), ...(ruleIndex >= 0 && { ruleIndex }) };
};

/** Names by which one incident is the same in two runs; the first is the one that code scanning on GitHub looks at. */
const fingerprints = ({ id }: PostureIncident): object => ({
  primaryLocationLineHash: uuidOf('incident', id),
  'holdfastIncident/v1': visible(id),
});

const messageOf = (incident: Incident): string => {
  const when = `${incident.phases.join(', ')}, from ${secondsText(incident.firstMs)} to ${secondsText(incident.lastMs)}`;
  const difference = differenceText(incident);
  return visible(
    [
      sentence(`${incident.title} (${incident.variant}) at ${incident.hop}: ${outcomeText(incident)}, ${when}`),
      ...(difference === null ? [] : [sentence(difference)]),
      `To mend it: ${incident.remediation}`,
    ].join(' '),
  );
};

const resultOf = (report: Report, incident: Incident, baseline: Posture | null): object => ({
  ...ruleRef(report, incident.attack),
  kind: 'fail',
  level: levelOf(incident),
  message: { text: messageOf(incident) },
  ...locationsOf(incident.places ?? []),
  guid: uuidOf('result', report.run, incident.id),
  correlationGuid: uuidOf('incident', incident.id),
  occurrenceCount: Math.max(1, incident.admitted),
  partialFingerprints: fingerprints(incident),
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

/** What was there and is not: refused now, or not known to be. It is no failure, so its level is none (SARIF 2.1.0, section 3.27.10). */
const absentResult = (report: Report, incident: PostureIncident): object => {
  const attack = report.attacks.find(({ id }) => id === incident.attack);
  const kind = attack?.verdict === 'pass' ? 'pass' : attack?.verdict === 'unknown' ? 'open' : 'notApplicable';
  const now =
    kind === 'pass'
      ? 'it is refused now'
      : kind === 'open'
        ? 'this run does not know whether it would be refused'
        : attack === undefined
          ? 'the plan of this run does not have the attack'
          : 'of this attack other forms got through';
  return {
    ...ruleRef(report, incident.attack),
    kind,
    level: 'none',
    message: {
      text: visible(
        `${incident.title} (${incident.variant}) at ${incident.hop} is in the baseline and not in this run: ${now}.`,
      ),
    },
    ...locationsOf(incident.places ?? []),
    correlationGuid: uuidOf('incident', incident.id),
    partialFingerprints: fingerprints(incident),
    baselineState: 'absent',
  };
};

/** The incidents as results, then those of the baseline that are gone. */
export const resultsOf = (report: Report, baseline: Posture | null): readonly object[] => [
  ...report.incidents.map((incident) => resultOf(report, incident, baseline)),
  ...goneSince(report.incidents, baseline).map((incident) => absentResult(report, incident)),
];
