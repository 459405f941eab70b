import { brokeOf, heldOf } from '../../../harness/model/index.ts';
import type { AttackReport, Counts } from '../../../harness/model/index.ts';
import { boundText, count, sentence, shareText } from '../../text/index.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

const cells = (counts: Counts): Html =>
  markup`<td class="n">${count(counts.attempts)}</td><td class="n"><span class="${brokeOf(counts) > 0 ? 'hot' : 'none'}">${count(brokeOf(counts))}</span></td><td class="n">${count(heldOf(counts))}</td><td class="n"><span class="${counts.indeterminate > 0 ? 'warm' : 'none'}">${count(counts.indeterminate)}</span></td><td class="n">${count(counts.clusters)}</td>`;

const heads = markup`<th scope="col" class="n">Attempts</th><th scope="col" class="n">Admitted</th><th scope="col" class="n">Refused</th><th scope="col" class="n">Indet.</th><th scope="col" class="n">Clusters</th>`;

const forms = (attack: AttackReport): Html => markup`<table class="forms"><caption>By form and target</caption>
<thead><tr><th scope="col">Form</th><th scope="col">Target</th>${heads}</tr></thead>
<tbody>${attack.variants.map((form) => markup`<tr><th scope="row">${form.variant}</th><td>${form.target}</td>${cells(form)}</tr>`)}</tbody></table>`;

const byPhase = (
  attack: AttackReport,
  phases: readonly string[],
): Html => markup`<table class="forms"><caption>By phase</caption>
<thead><tr><th scope="col">Phase</th>${heads}</tr></thead>
<tbody>${phases.map((phase) => {
  const counts = attack.phases[phase];
  return counts !== undefined && markup`<tr><th scope="row">${phase}</th>${cells(counts)}</tr>`;
})}</tbody></table>`;

const bounds = (attack: AttackReport): string =>
  `${boundText(attack.bound95)} of attempts and ${boundText(attack.bound95Clusters)} of independent clusters; the plan asks for ${shareText(attack.bound)}, which needs ${count(attack.required)} determinate attempts`;

/** What an attack must meet, and its counts by form, target and phase. */
export const attackDetails = (attack: AttackReport, phases: readonly string[]): Html => markup`<div class="details">
<dl class="prose">
<div><dt>Claim</dt><dd>${attack.name}</dd></div>
<div><dt>Secure</dt><dd>${attack.secure}</dd></div>
<div><dt>Bound</dt><dd>${bounds(attack)}</dd></div>
<div><dt>To mend</dt><dd>${attack.remediation}</dd></div>
<div><dt>Sources</dt><dd>${attack.sources.join('; ')}</dd></div>
${attack.indeterminateReasons.map(({ reason, count: times }) => markup`<div><dt>Indeterminate</dt><dd><b>${count(times)}</b> ${sentence(reason)}</dd></div>`)}
</dl>
<div class="scroll" tabindex="0">${forms(attack)}</div>
<div class="scroll" tabindex="0">${byPhase(attack, phases)}</div>
</div>`;
