import type { AttackReport, Incident, Report } from '../../../harness/model/index.ts';
import { count, differenceText, outcomeText, placeText, secondsText, sentence, visible } from '../../text/index.ts';
import { originOf, subjectsOf } from './ids.ts';
import type { Ids } from './ids.ts';
import { line, list, prop } from './values.ts';

/** An attack: what was tried, how often, and what became of it. Its sources are linked. */
const ofAttack = (report: Report, ids: Ids, attack: AttackReport): object => ({
  uuid: ids.observation(attack.id),
  title: line(`${attack.id} ${attack.name}: ${attack.title}`),
  description: line(
    `${count(attack.attempts)} attempts, ${count(attack.refused)} refused, ${count(attack.admitted)} admitted, ` +
      `${count(attack.served)} served, ${count(attack.withheld)} withheld, ${count(attack.indeterminate)} indeterminate. Expected: ${attack.secure}`,
  ),
  ...list('props', [
    prop('attack', attack.id),
    prop('verdict', attack.verdict),
    prop('critical', String(attack.critical)),
    prop('attempts', attack.attempts),
    prop('clusters', attack.clusters),
    prop('admitted', attack.admitted),
    prop('withheld', attack.withheld),
    prop('indeterminate', attack.indeterminate),
    prop('bound-asked', attack.bound),
    prop('bound-95', attack.bound95),
  ]),
  ...list(
    'links',
    [...new Set(attack.sources)].map((source) => ({
      href: `#${ids.source(source)}`,
      rel: 'reference',
      text: line(source),
    })),
  ),
  // A link that was read is examined; everything else is tried.
  methods: [attack.variants.length === 0 && attack.attempts > 0 ? 'EXAMINE' : 'TEST'],
  types: ['control-objective'],
  origins: [originOf(ids)],
  subjects: subjectsOf(ids),
  'relevant-evidence': [
    {
      href: `#${ids.file('history')}`,
      description: 'The history of the run holds every attempt and what the witnesses saw.',
    },
  ],
  collected: report.startedAt,
  ...(attack.reason !== null && { remarks: line(sentence(attack.reason)) }),
});

/** An incident: up to five of the attempts that got through, as the attacker and the witness saw them. */
const ofIncident = (report: Report, ids: Ids, incident: Incident): object => {
  const difference = differenceText(incident);
  return {
    uuid: ids.evidence(incident.id),
    title: line(incident.id),
    description: line(
      `${incident.variant} at ${incident.hop}: ${outcomeText(incident)}, ${incident.phases.join(', ')}, from ` +
        `${secondsText(incident.firstMs)} to ${secondsText(incident.lastMs)}.${difference === null ? '' : ` ${difference}`}`,
    ),
    ...list('props', [
      prop('incident', incident.id),
      prop('attack', incident.attack),
      prop('hop', incident.hop),
      prop('variant', incident.variant),
      prop('target', incident.target),
      ...(incident.places ?? []).map((place) => prop('place', placeText(place))),
    ]),
    methods: ['TEST'],
    types: ['finding'],
    origins: [originOf(ids)],
    subjects: subjectsOf(ids),
    ...list('relevant-evidence', [
      ...incident.evidence.map(({ atMs, attacker, witness }) => ({
        description: line(`At ${secondsText(atMs)} the attacker ${attacker}. ${witness.join('; ')}`),
      })),
      { description: line(`The request: ${incident.request.split(/\r?\n/).map(visible).join(' | ')}`) },
    ]),
    collected: report.startedAt,
  };
};

/** An observation for each attack, then one for each incident. */
export const observationsOf = (report: Report, ids: Ids): readonly object[] => [
  ...report.attacks.map((attack) => ofAttack(report, ids, attack)),
  ...report.incidents.map((incident) => ofIncident(report, ids, incident)),
];
