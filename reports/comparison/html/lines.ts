import { lineGroups } from '../../../harness/model/index.ts';
import type { Comparison, ComparisonLine, LineGroup } from '../../../harness/model/index.ts';
import { markup, slug } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import { byReason, chanceText, measuredText, partsOf, quietText, ratioText } from '../text.ts';
import { judgementBadge, judgementTone } from './judgement.ts';
import { axisEnd, ratioBar } from './ratio.ts';

const tests: Readonly<Record<ComparisonLine['test'], string>> = {
  fact: 'seen, not estimated',
  'fisher-exact': "Fisher's exact test",
  'between-runs': 'by what runs of the same differ by',
  none: '',
};

const order: readonly ComparisonLine['judgement'][] = [
  'regression',
  'improvement',
  'not comparable',
  'noise',
  'unchanged',
];

const row = (
  line: ComparisonLine,
  end: number,
  gate: Comparison['gate'],
): Html => markup`<tr class="${judgementTone(line)}" id="${slug('line', line.id)}">
<th scope="row">${line.title}${line.critical && markup` <span class="critical">critical</span>`}<div class="sub">${line.id}</div></th>
<td class="n" data-name="before">${measuredText(line, line.before)}</td>
<td class="n" data-name="after">${measuredText(line, line.after)}</td>
<td class="factor" data-name="after ÷ before">${ratioBar(line, end, gate.least)}${line.ratio !== null && markup`<div class="sub">${ratioText(line)}</div>`}</td>
<td class="n" data-name="p adjusted">${chanceText(line.pAdjusted) ?? '–'}${tests[line.test] !== '' && markup`<div class="sub">${tests[line.test]}</div>`}</td>
<td data-name="judgement">${judgementBadge(line)}</td>
<td class="claim why">${line.why}</td>
</tr>
`;

const groupBody = (group: LineGroup, lines: readonly ComparisonLine[], end: number, gate: Comparison['gate']): Html =>
  markup`<tbody><tr class="group"><th scope="rowgroup" colspan="7">${group}</th></tr>
${lines.toSorted((a, b) => order.indexOf(a.judgement) - order.indexOf(b.judgement)).map((line) => row(line, end, gate))}</tbody>
`;

/** Lines in a table, by group; within a group what regressed comes first. */
export const linesTable = (comparison: Comparison, lines: readonly ComparisonLine[]): Html => {
  const end = axisEnd(comparison.lines);
  return markup`<div class="scroll" tabindex="0"><table class="lines">
<thead><tr><th scope="col">What</th><th scope="col" class="n">Before</th><th scope="col" class="n">After</th><th scope="col">After ÷ before<div class="sub">log axis</div></th><th scope="col" class="n"><abbr title="p of the test after Holm's correction over all lines that were tested">p adjusted</abbr></th><th scope="col">Judgement</th><th scope="col">Why</th></tr></thead>
${lineGroups.flatMap((group) => {
  const own = lines.filter((line) => line.group === group);
  return own.length === 0 ? [] : [groupBody(group, own, end, comparison.gate)];
})}</table></div>`;
};

/** What became worse or better. */
export const linesSection = (comparison: Comparison): Html => {
  const { stopped, warned, improved } = partsOf(comparison);
  const loud = [...stopped, ...warned, ...improved];
  return markup`<section id="differences">
<h2>What differs</h2>
${
  loud.length === 0
    ? markup`<p class="note">Nothing that could be compared: ${quietText(comparison)}.</p>`
    : markup`<p class="note">A bar shows after ÷ before with its interval; left of its middle is less, right is more. Shaded about 1: what the gate takes for too small to matter.</p>
${linesTable(comparison, loud)}`
}
</section>`;
};

/** What could not be compared, by reason: those that the verdict rests on first. */
export const notComparableSection = (comparison: Comparison): Html | false => {
  const { notComparable } = partsOf(comparison);
  return (
    notComparable.length > 0 &&
    markup`<section id="not-comparable">
<h2>Not comparable</h2>
<div class="scroll" tabindex="0"><table class="plain reasons-table">
<thead><tr><th scope="col">Why</th><th scope="col">Lines</th></tr></thead>
<tbody>${byReason(notComparable, comparison.reasons).map(([why, lines]) => markup`<tr><td class="claim">${why}</td><td>${lines.map(({ id, title }, at) => markup`${at > 0 && ', '}<span class="line-name" id="${slug('line', id)}" title="${title}">${id}</span>`)}</td></tr>\n`)}</tbody>
</table></div>
</section>`
  );
};

/** Noise and what is unchanged, closed until it is asked for. */
export const quietSection = (comparison: Comparison): Html | false => {
  const { noise, unchanged } = partsOf(comparison);
  const quiet = [...noise, ...unchanged];
  return (
    quiet.length > 0 &&
    markup`<section id="unchanged">
<h2>Noise and unchanged</h2>
<details class="block"><summary>${quietText(comparison)}</summary>
${linesTable(comparison, quiet)}
</details>
</section>`
  );
};
