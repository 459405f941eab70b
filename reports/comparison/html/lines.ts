import { lineGroups } from '../../../harness/model/index.ts';
import type { Comparison, ComparisonLine, LineGroup } from '../../../harness/model/index.ts';
import { markup, slug } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import { count } from '../../text/index.ts';
import { judgementBadge, judgementTone } from './judgement.ts';
import { axisEnd, ratioBar } from './ratio.ts';
import { measuredText, probabilityText, ratioText } from './values.ts';

/** What is not worth a reader's time unless they ask. */
export const isQuiet = ({ judgement }: ComparisonLine): boolean => judgement === 'unchanged' || judgement === 'noise';

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
<td class="n" data-name="before">${measuredText(line.unit, line.before)}</td>
<td class="n" data-name="after">${measuredText(line.unit, line.after)}</td>
<td class="factor" data-name="after ÷ before">${ratioBar(line, end, gate.least)}${line.ratio !== null && markup`<div class="sub">${ratioText(line.ratio)}</div>`}</td>
<td class="n" data-name="p adjusted">${probabilityText(line.pAdjusted)}${tests[line.test] !== '' && markup`<div class="sub">${tests[line.test]}</div>`}</td>
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

/** What differs, then what does not. */
export const linesSection = (comparison: Comparison): Html => {
  const loud = comparison.lines.filter((line) => !isQuiet(line));
  const hint =
    comparison.gate.least !== undefined && ' Shaded about 1: differences that the gate takes for too small to matter.';
  return markup`<section id="differences">
<h2>What differs</h2>
${
  loud.length === 0
    ? markup`<p class="note">Nothing: all ${count(comparison.lines.length)} lines are unchanged, or what chance explains.</p>`
    : markup`<p class="note">A bar shows after ÷ before with its interval; left of its middle is less, right is more.${hint}</p>
${linesTable(comparison, loud)}`
}
</section>`;
};

/** Noise and what is unchanged, closed until it is asked for. */
export const quietSection = (comparison: Comparison): Html | false => {
  const quiet = comparison.lines.filter(isQuiet);
  const noise = quiet.filter(({ judgement }) => judgement === 'noise').length;
  return (
    quiet.length > 0 &&
    markup`<section id="unchanged">
<h2>Noise and unchanged</h2>
<details class="block"><summary>${count(noise)} ${noise === 1 ? 'line is' : 'lines are'} noise, ${count(quiet.length - noise)} unchanged</summary>
${linesTable(comparison, quiet)}
</details>
</section>`
  );
};
