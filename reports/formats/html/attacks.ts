import { brokeOf, heldOf } from '../../../harness/model/index.ts';
import type { AttackReport, Counts, Report } from '../../../harness/model/index.ts';
import { boundText, count, sentence, shareText } from '../../text/index.ts';
import { attackDetails } from './attack-details.ts';
import { badge } from './badges.ts';
import { markup, slug } from './markup.ts';
import type { Html } from './markup.ts';

/** The phases in the order of the run; a phase that only an attack knows stands last. */
const phasesOf = (report: Report): readonly string[] => [
  ...new Set([
    ...report.timeline.phases.map((phase) => phase.id),
    ...report.attacks.flatMap((attack) => Object.keys(attack.phases)),
  ]),
];

const admittedCell = (counts: Counts | undefined, kind: string): Html =>
  counts === undefined
    ? markup`<td class="n ${kind} quiet">–</td>`
    : markup`<td class="n ${kind}"><span class="${brokeOf(counts) > 0 ? 'hot' : 'none'}">${count(brokeOf(counts))}</span><span class="of"> / ${count(counts.attempts)}</span></td>`;

const row = (
  attack: AttackReport,
  phases: readonly string[],
): Html => markup`<tbody class="attack ${attack.verdict === 'pass' ? '' : 'notable'}" id="${slug('attack', attack.id)}">
<tr>
<td class="open"></td>
<th scope="row">${attack.id}</th>
<td class="title">${attack.title}${attack.critical && markup` <span class="critical">critical</span>`}${attack.reason !== null && markup`<div class="reason">${sentence(attack.reason)}</div>`}</td>
<td>${badge(attack.verdict)}</td>
<td class="n wide">${count(attack.attempts)}</td>
<td class="n wide">${count(attack.clusters)}</td>
<td class="n wide">${count(heldOf(attack))}</td>
<td class="n"><span class="${brokeOf(attack) > 0 ? 'hot' : 'none'}">${count(brokeOf(attack))}</span><span class="of slim"> / ${count(attack.attempts)}</span></td>
<td class="n wide">${attack.indeterminate > 0 ? markup`<span class="warm">${count(attack.indeterminate)}</span>` : markup`<span class="none">0</span>`}</td>
<td class="n bound"><span class="${attack.bound95 !== null && attack.bound95 <= attack.bound ? '' : 'warm'}">${boundText(attack.bound95)}</span> <span class="of">(${shareText(attack.bound)})</span></td>
${phases.map((phase) => admittedCell(attack.phases[phase], 'phase'))}
</tr>
<tr class="more"><td colspan="${10 + phases.length}"><details><summary><span class="hidden">Details of ${attack.id}</span></summary>
${attackDetails(attack, phases)}
</details></td></tr>
</tbody>
`;

/** A row for each attack, to be opened for its forms. Without JavaScript the rows open as well. */
export const attacksSection = (report: Report): Html => {
  const phases = phasesOf(report);
  return markup`<section id="attacks">
<h2>Attacks</h2>
<p class="note">An attempt counts as admitted if the witness saw it, whatever status came back. Of a comparison with the policy, a request counts under it if it was decided otherwise, either way. Bound: the admitted share is at most this, with 95 % confidence. Open a row for its forms.</p>
<div class="scroll" tabindex="0"><table class="attacks">
<thead>
<tr><th scope="col" rowspan="2" class="open"><span class="hidden">Open</span></th><th scope="col" rowspan="2">Id</th><th scope="col" rowspan="2">Technique</th><th scope="col" rowspan="2">Verdict</th><th scope="col" rowspan="2" class="n wide">Attempts</th><th scope="col" rowspan="2" class="n wide"><abbr title="independent clusters: attempts that share a connection are one">Clusters</abbr></th><th scope="col" rowspan="2" class="n wide"><abbr title="as it must be: refused or, where the policy allows it, served">Refused</abbr></th><th scope="col" rowspan="2" class="n">Admitted</th><th scope="col" rowspan="2" class="n wide"><abbr title="indeterminate: the evidence does not say">Indet.</abbr></th><th scope="col" rowspan="2" class="n bound">Bound (asked)</th>${phases.length > 0 && markup`<th scope="colgroup" colspan="${phases.length}" class="phase group">Admitted / attempts by phase</th>`}</tr>
<tr>${phases.map((phase) => markup`<th scope="col" class="n phase">${phase}</th>`)}</tr>
</thead>
${report.attacks.map((attack) => row(attack, phases))}</table></div>
</section>`;
};
