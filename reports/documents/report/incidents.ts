import type { Incident, Report } from '../../../harness/model/index.ts';
import { facts, note, numeric, section, table, text } from '../../document.ts';
import type { Block, Row, Section } from '../../document.ts';
import { beneath, code, criticalMark, hot, linkTo, prose, strong } from '../../line.ts';
import type { Line } from '../../line.ts';
import { count, decisionText, isComparison, isOtherwise, placeText, secondsText, shareText } from '../../text/index.ts';

type Entry = Incident['evidence'][number];

const seen = (lines: readonly Line[]): Line => (lines.length === 0 ? '–' : beneath(lines));

/** What the policy says at each enforcer, and what that did; where the two part, it stands out. */
const decisions = ({ decisions: own }: Entry): Line =>
  seen(own.map((decision) => (isOtherwise(decision) ? hot(decisionText(decision)) : decisionText(decision))));

const entryRow = (entry: Entry, compared: boolean): Row => ({
  cells: [
    entry.seq === null ? '–' : `#${entry.seq}`,
    secondsText(entry.atMs),
    ...(compared ? [decisions(entry)] : []),
    entry.attacker,
    seen(entry.witness.map(code)),
  ],
  ...(entry.request !== null && { beneath: [{ kind: 'code', text: entry.request }] }),
});

const evidence = (incident: Incident, compared: boolean): Block =>
  table(
    ['Attempt', numeric('At'), ...(compared ? ['Policy and enforcer'] : []), 'The attacker saw', 'The witness saw'],
    incident.evidence.map((entry) => entryRow(entry, compared)),
    {
      caption: `Evidence: ${incident.evidence.length} of ${count(incident.admitted)} ${compared ? 'differences' : 'admissions'}`,
      cards: true,
    },
  );

const card = (incident: Incident): Section => {
  const { id, attack, title, hop, variant, critical, admitted, of, target, control, phases, firstMs, lastMs } =
    incident;
  const compared = isComparison(incident);
  const share = of > 0 ? ` (${shareText(admitted / of)})` : '';
  const places = incident.places ?? [];
  return section(
    [linkTo(`attack ${attack}`, attack), ` ${title}`, criticalMark(critical)],
    [
      text([strong(hop), compared ? ' did not decide as the policy says: ' : ' did not refuse ', strong(variant)]),
      facts([
        [compared ? 'Decided otherwise' : 'Got through', hot(`${count(admitted)} of ${count(of)}${share}`)],
        ['Target', target],
        ['Control', control],
        ['Phases', phases.join(', ')],
        ['First to last', `${secondsText(firstMs)} – ${secondsText(lastMs)}`],
        ...(places.length === 0 ? [] : [['Look at', beneath(places.map((place) => code(placeText(place))))] as const]),
      ]),
      {
        kind: 'columns',
        columns: [
          [
            {
              kind: 'code',
              text: incident.request,
              caption: compared ? 'The first of these requests' : 'The request that got through',
            },
          ],
          [evidence(incident, compared)],
        ],
      },
      text([strong('To mend it:'), ' ', prose(incident.remediation)]),
    ],
    { id: `incident ${id}`, card: 'bad' },
  );
};

/** What got through, with what is needed to see it. */
export const incidentsSection = ({ incidents }: Report): Section =>
  section(
    'Incidents',
    incidents.length === 0 ? [note('None: no attempt is known to have got through.')] : incidents.map(card),
    { id: 'incidents', count: incidents.length },
  );
