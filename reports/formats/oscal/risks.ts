import type { Incident, Report } from '../../../harness/model/index.ts';
import { outcomeText } from '../../text/index.ts';
import { originOf } from './ids.ts';
import type { Ids } from './ids.ts';
import { facet, line } from './values.ts';

/** An incident as an open risk, with what to do about it. */
const riskOf = (report: Report, ids: Ids, incident: Incident): object => {
  const attack = report.attacks.find(({ id }) => id === incident.attack);
  return {
    uuid: ids.risk(incident.id),
    title: line(`${incident.attack} ${incident.variant} at ${incident.hop}`),
    description: line(`${incident.title}: ${outcomeText(incident)}.`),
    statement: line(attack === undefined ? incident.title : `Expected: ${attack.secure}`),
    status: 'open',
    origins: [originOf(ids)],
    characterizations: [
      {
        origin: originOf(ids),
        facets: [
          facet('severity', incident.critical ? 'critical' : 'standard'),
          facet('admitted', incident.admitted),
          facet('attempts', incident.of),
        ],
      },
    ],
    remediations: [
      {
        uuid: ids.remediation(incident.id),
        lifecycle: 'recommendation',
        title: 'To mend it',
        description: line(incident.remediation),
      },
    ],
    'related-observations': [
      { 'observation-uuid': ids.evidence(incident.id) },
      ...(attack === undefined ? [] : [{ 'observation-uuid': ids.observation(attack.id) }]),
    ],
  };
};

export const risksOf = (report: Report, ids: Ids): readonly object[] =>
  report.incidents.map((incident) => riskOf(report, ids, incident));
