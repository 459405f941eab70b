import type { ControlReport, Report } from '../../../harness/model/index.ts';
import { badge, tone } from './badges.ts';
import { markup, slug } from './markup.ts';
import type { Html } from './markup.ts';
import { sentence } from '../../text/index.ts';

const attackLinks = (report: Report, control: ControlReport): readonly Html[] =>
  report.attacks
    .filter((attack) => attack.control === control.id)
    .map(
      (attack) =>
        markup`<a class="chip ${tone(attack.verdict)}" href="#${slug('attack', attack.id)}" title="${attack.title}: ${attack.verdict}">${attack.id}</a> `,
    );

const row = (report: Report, control: ControlReport): Html => markup`<tr>
<th scope="row">${control.id}</th>
<td>${badge(control.verdict)}</td>
<td class="claim">${control.claim}${control.reasons.length > 0 && markup`<ul class="reasons">${control.reasons.map((reason) => markup`<li>${sentence(reason)}</li>`)}</ul>`}</td>
<td class="chips">${attackLinks(report, control)}</td>
</tr>
`;

/** A row for each control that the plan has attacks for. */
export const controlsSection = (report: Report): Html => markup`<section id="controls">
<h2>Controls</h2>
<div class="scroll" tabindex="0"><table class="controls">
<thead><tr><th scope="col">Control</th><th scope="col">Verdict</th><th scope="col">Claim, and why it does not pass</th><th scope="col">Attacks</th></tr></thead>
<tbody>
${report.controls.map((control) => row(report, control))}</tbody>
</table></div>
${report.notClaimed.length > 0 && markup`<p class="note">Not claimed by this plan: ${report.notClaimed.join(', ')}.</p>`}
</section>`;
