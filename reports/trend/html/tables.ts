import type { TrendGroup } from '../../../harness/trend/index.ts';
import { markup, sign, tone } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import { count } from '../../text/index.ts';
import { dayText, markText, nightsText, valueText } from '../text.ts';
import { hrefOf } from './plot.ts';
import { changesId } from './rows.ts';

/** Where a series left its level, in sentences. */
export const marksList = (group: TrendGroup): Html | false =>
  group.marks.length > 0 &&
  markup`<h3>Changes of level</h3>
<ul class="notes">${group.marks.toReversed().map((mark) => markup`<li class="${mark.tone === 'worse' ? 'hot-line' : ''}">${markText(group, mark)}.</li>`)}</ul>`;

/** Every incident with its first and last night. */
export const incidentsTable = (group: TrendGroup): Html | false =>
  group.incidents.length > 0 &&
  markup`<h3>Incidents</h3>
<div class="scroll" tabindex="0"><table class="plain">
<thead><tr><th scope="col">Incident</th><th scope="col">What</th><th scope="col">First night</th><th scope="col">Last night</th><th scope="col" class="n">Nights</th></tr></thead>
<tbody>${group.incidents.map(
    ({ id, title, critical, first, last, nights, open }) =>
      markup`<tr><th scope="row">${id}</th><td>${title}${critical && markup` <span class="critical">critical</span>`}</td><td class="day">${dayText(group.nights, first)}</td><td class="day">${dayText(group.nights, last)}${open && markup` <span class="hot">open</span>`}</td><td class="n">${count(nights)}</td></tr>
`,
  )}</tbody>
</table></div>`;

/** What changed before which night. */
export const changesTable = (group: TrendGroup): Html | false => {
  const byNight = [...Map.groupBy(group.changes, ({ night }) => night).entries()].toReversed();
  return (
    byNight.length > 0 &&
    markup`<details class="block" id="${changesId(group)}"><summary>What changed, before ${nightsText(byNight.length)}</summary>
<div class="scroll" tabindex="0"><table class="plain">
<thead><tr><th scope="col">Night</th><th scope="col">What</th><th scope="col">Before</th><th scope="col">Since</th></tr></thead>
${byNight.map(
  ([night, changes]) =>
    markup`<tbody>${changes.map(
      (
        { what, before, after },
        at,
      ) => markup`<tr>${at === 0 && markup`<th scope="rowgroup" rowspan="${changes.length}" class="day">${dayText(group.nights, night)}</th>`}<td>${what}</td><td>${before ?? '–'}</td><td>${after ?? '–'}</td></tr>
`,
    )}</tbody>`,
)}
</table></div>
</details>`
  );
};

/** Every night in words and numbers, newest first: what the drawings show, for whoever does not see them. */
export const nightsTable = (
  group: TrendGroup,
  base: string,
): Html => markup`<details class="block"><summary>${group.nights.length === 1 ? 'The night' : `All ${nightsText(group.nights.length)}`} in numbers</summary>
<div class="scroll" tabindex="0"><table class="nights">
<thead><tr><th scope="col">Night</th><th scope="col">Run</th><th scope="col">Verdict</th>${group.series.map(({ title }) => markup`<th scope="col">${title}</th>`)}<th scope="col">Incidents</th><th scope="col">Holdfast</th></tr></thead>
<tbody>${group.nights
  .map(
    (night, at) =>
      markup`<tr><th scope="row" class="day">${dayText(group.nights, at)}</th><td>${night.page === null ? night.run : markup`<a href="${hrefOf(base, night.page)}">${night.run}</a>`}</td><td><span class="badge ${tone(night.verdict)}">${sign(tone(night.verdict))}${night.verdict}</span>${night.partial && ' partial'}</td>${group.series.map(({ unit, values }) => markup`<td>${valueText(unit, values[at] ?? null)}</td>`)}<td>${count(night.incidents)}</td><td>${night.harness}</td></tr>
`,
  )
  .toReversed()}</tbody>
</table></div>
</details>`;
