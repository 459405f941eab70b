import type { Incident, Report } from '../../../harness/model/index.ts';
import { count, decisionText, isComparison, isOtherwise, placeText, secondsText, shareText } from '../../text/index.ts';
import { sign } from './badges.ts';
import { markup, lines, slug } from './markup.ts';
import type { Html } from './markup.ts';

type Entry = Incident['evidence'][number];

/** What the policy says at each enforcer, and what that did; where the two part, it stands out. */
const decisions = (entry: Entry): Html =>
  markup`<td>${entry.decisions.map((decision) => markup`<div class="seen">${isOtherwise(decision) ? markup`<b class="hot">${decisionText(decision)}</b>` : decisionText(decision)}</div>`)}</td>`;

const evidence = (incident: Incident): Html => markup`<table class="evidence">
<caption>Evidence: ${incident.evidence.length} of ${count(incident.admitted)} ${isComparison(incident) ? 'differences' : 'admissions'}</caption>
<thead><tr><th scope="col">Attempt</th><th scope="col">At</th>${isComparison(incident) && markup`<th scope="col">Policy and enforcer</th>`}<th scope="col">The attacker saw</th><th scope="col">The witness saw</th></tr></thead>
<tbody>${incident.evidence.map(
  (entry) =>
    markup`<tr><td>${entry.seq === null ? '–' : `#${entry.seq}`}</td><td class="n">${secondsText(entry.atMs)}</td>${isComparison(incident) && decisions(entry)}<td>${entry.attacker}${entry.request !== null && markup`<pre tabindex="0">${lines(entry.request)}</pre>`}</td><td>${entry.witness.length === 0 ? '–' : entry.witness.map((seen) => markup`<div class="seen">${seen}</div>`)}</td></tr>`,
)}</tbody>
</table>`;

/** The lines of the policy and the plan to look at; nothing where the history does not know them. */
const places = ({ places: found = [] }: Incident): Html | null =>
  found.length === 0
    ? null
    : markup`<div><dt>Look at</dt><dd>${found.map((place) => markup`<div class="seen">${placeText(place)}</div>`)}</dd></div>
`;

const card = (incident: Incident): Html => markup`<article class="incident" id="${slug('incident', incident.id)}">
<h3>${sign('bad')}<a href="#${slug('attack', incident.attack)}">${incident.attack}</a> ${incident.title}</h3>
<p class="where"><b>${incident.hop}</b> ${isComparison(incident) ? 'did not decide as the policy says:' : 'did not refuse'} <b>${incident.variant}</b>${incident.critical && markup` <span class="critical">critical</span>`}</p>
<dl class="facts">
<div><dt>${isComparison(incident) ? 'Decided otherwise' : 'Got through'}</dt><dd class="hot">${count(incident.admitted)} of ${count(incident.of)}${incident.of > 0 && ` (${shareText(incident.admitted / incident.of)})`}</dd></div>
<div><dt>Target</dt><dd>${incident.target}</dd></div>
<div><dt>Control</dt><dd>${incident.control}</dd></div>
<div><dt>Phases</dt><dd>${incident.phases.join(', ')}</dd></div>
<div><dt>First to last</dt><dd>${secondsText(incident.firstMs)} – ${secondsText(incident.lastMs)}</dd></div>
${places(incident)}</dl>
<div class="proofs">
<figure><figcaption>${isComparison(incident) ? 'The first of these requests' : 'The request that got through'}</figcaption><pre tabindex="0">${lines(incident.request)}</pre></figure>
<div class="scroll" tabindex="0">${evidence(incident)}</div>
</div>
<p><b>To mend it:</b> ${incident.remediation}</p>
</article>
`;

/** What got through, with what is needed to see it. */
export const incidentsSection = (report: Report): Html => markup`<section id="incidents">
<h2>Incidents</h2>
${report.incidents.length === 0 ? markup`<p class="note">None: no attempt is known to have got through.</p>` : report.incidents.map(card)}
</section>`;
