import { markup, sign, tone } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import { controlVerdictWord, count } from '../../text/index.ts';
import { failedOf, isExpected, unknownOf } from '../expect.ts';
import type { Matrix, MatrixAttack, MatrixRow } from '../schema.ts';
import { controlsOf, peakText, slowestPhase } from '../text.ts';
import { isLeftOut } from '../trimmed.ts';

const runTone = ({ verdict }: MatrixRow): string => (verdict === 'ERROR' ? 'void' : tone(verdict));

const verdictBadge = (row: MatrixRow): Html => {
  const mark = row.verdict === 'ERROR' ? 'void' : tone(row.verdict);
  return markup`<span class="badge ${runTone(row)}">${sign(mark)}${row.verdict}</span>${row.partial && markup`<div class="sub">partial</div>`}${isLeftOut(row) && markup`<div class="sub">left out</div>`}${row.trimmed !== null && row.trimmed.instead !== null && markup`<div class="sub"><a class="warm" href="#budget">${row.trimmed.instead.plan}</a></div>`}`;
};

const expectedCell = (row: MatrixRow): Html =>
  row.asExpected ? markup`<span class="quiet">yes</span>` : markup`<span class="hot">NO</span>`;

const controlCell = (row: MatrixRow, id: string): Html => {
  const control = row.controls.find((one) => one.id === id);
  return control === undefined
    ? markup`<td class="control quiet" data-name="${id}">–</td>`
    : markup`<td class="control ${tone(control.verdict)}" data-name="${id}"><span class="mark">${sign(tone(control.verdict))}</span><span class="hidden">${controlVerdictWord(control.verdict)}</span></td>`;
};

const times = ({ admitted, attempts }: MatrixAttack): string => `${count(admitted)} of ${count(attempts)} got through`;

/** Filled: got through, which was not expected. Outlined: got through, as it did before. Dashed: unknown. */
const chips = (row: MatrixRow): readonly Html[] => [
  ...failedOf(row).map((attack) =>
    isExpected(row, attack)
      ? markup`<span class="chip admitted" title="${attack.title}: ${times(attack)}. ${attack.explained ?? ''}">${attack.id}</span> `
      : markup`<span class="chip bad" title="${attack.title}: ${times(attack)}">${attack.id}</span> `,
  ),
  ...unknownOf(row).map(
    ({ id, title, reason }) =>
      markup`<span class="chip unsure" title="${title}: ${reason ?? 'unknown'}">${id}<span class="hidden"> unknown</span></span> `,
  ),
];

const name = (row: MatrixRow): Html => {
  const label =
    row.folder === null ? markup`${row.stack}` : markup`<a href="${row.folder}/report.html">${row.stack}</a>`;
  const { defaults } = row;
  const product =
    defaults !== null &&
    markup`${defaults.product} ${defaults.version}${/^https?:\/\//.test(defaults.page) && markup`, <a href="${defaults.page}">getting started</a>`}`;
  return markup`<th scope="row">${label}<div class="sub">${product === false ? row.title : product}</div></th>`;
};

const why = (row: MatrixRow, columns: number): Html | false =>
  !row.asExpected &&
  markup`<tr class="why-row"><td colspan="${columns}"><ul class="reasons">${row.unexpected.map((line) => markup`<li>${line}</li>`)}${row.error !== null && row.error.hint !== null && markup`<li class="quiet">${row.error.hint}</li>`}</ul></td></tr>\n`;

const body = (row: MatrixRow, controls: readonly string[]): Html => {
  const slowest = slowestPhase(row);
  const silent = Object.keys(row.notApplicable);
  const attacks = chips(row);
  return markup`<tbody class="${row.asExpected ? '' : 'notable'}" id="${row.stack}">
<tr>
${name(row)}
<td data-name="verdict">${verdictBadge(row)}</td>
<td data-name="as expected">${expectedCell(row)}</td>
<td class="n" data-name="score">${row.score === null ? '–' : markup`<b>${row.score.letter}</b> ${row.score.value}`}</td>
${controls.map((id) => controlCell(row, id))}
<td class="chips" data-name="got through">${attacks.length === 0 ? markup`<span class="none">${row.run === null ? '–' : 'none'}</span>` : attacks}${silent.length > 0 && markup`<div class="sub">does not apply: ${silent.map((id, at) => markup`${at > 0 && ', '}<abbr title="${row.notApplicable[id] ?? ''}">${id}</abbr>`)}</div>`}</td>
<td class="n" data-name="requests">${row.requests === null ? '–' : count(row.requests.intended)}${row.requests !== null && row.requests.failed > 0 && markup`<div class="sub">${count(row.requests.failed)} failed</div>`}</td>
<td class="n" data-name="attempts">${row.requests === null ? '–' : count(row.requests.attempts)}</td>
<td class="n" data-name="peak of capacity">${peakText(row)}</td>
<td class="n" data-name="p99">${slowest === null ? '–' : markup`${slowest.text}<div class="sub">${slowest.phase}</div>`}</td>
<td class="n" data-name="waivers">${row.waivers.length === 0 ? markup`<span class="none">0</span>` : markup`<a class="warm" href="#waivers">${count(row.waivers.length)}</a>`}</td>
</tr>
${why(row, 9 + controls.length)}</tbody>
`;
};

/** A table with a row for each stack; a row that is not as expected says why beneath. */
export const rowsTable = (
  matrix: Matrix,
  rows: readonly MatrixRow[],
  { id, title, note }: { readonly id: string; readonly title: string; readonly note: string },
): Html => {
  const controls = controlsOf(matrix);
  return markup`<section id="${id}">
<h2>${title}</h2>
<p class="note">${note}</p>
<div class="scroll" tabindex="0"><table class="matrix">
<thead><tr><th scope="col">Stack</th><th scope="col">Verdict</th><th scope="col">As expected</th><th scope="col" class="n">Score</th>${controls.map((control) => markup`<th scope="col" class="control">${control}</th>`)}<th scope="col">Got through</th><th scope="col" class="n">Requests</th><th scope="col" class="n">Attempts</th><th scope="col" class="n">Peak of capacity</th><th scope="col" class="n"><abbr title="99th percentile of the latency from the intended time, in the phase where it was highest, the ramp apart">p99</abbr></th><th scope="col" class="n">Waivers</th></tr></thead>
${rows.map((row) => body(row, controls))}</table></div>
<p class="note">${legend(rows)}</p>
</section>`;
};

const legend = (rows: readonly MatrixRow[]): Html => {
  const seen = new Set(rows.flatMap((row) => failedOf(row).map((attack) => isExpected(row, attack))));
  return markup`${seen.has(false) && markup`<span class="chip bad">E1</span> got through, which was not expected. `}${seen.has(true) && markup`<span class="chip admitted">E1</span> got through, as it did where the stack was measured. `}${rows.some((row) => unknownOf(row).length > 0) && markup`<span class="chip unsure">E1</span> unknown: not run, or not enough evidence.`}`;
};
