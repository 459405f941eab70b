import type { Comparison, ComparisonLine, ComparisonSide } from '../../../harness/model/index.ts';
import { badge, markup, sign, slug, tone } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import { count, startedText } from '../../text/index.ts';
import {
  byReason,
  changeText,
  comparisonMeaning,
  nameText,
  partsOf,
  quietText,
  ratioText,
  summaryText,
} from '../text.ts';
import { verdictSign, verdictTone } from './judgement.ts';
import { reasonOfLine } from '../../../harness/compare/index.ts';

const numbers = (line: ComparisonLine): string => {
  const ratio = ratioText(line);
  return ratio === null ? changeText(line) : `${changeText(line)}, ${ratio}`;
};

const sentence = (line: ComparisonLine): Html =>
  markup`<li><a href="#${slug('line', line.id)}">${nameText(line)}</a>: <b>${numbers(line)}</b>: ${line.why}</li>`;

/** More of one kind than this are left to the table. */
const most = 10;

const sentences = (lines: readonly ComparisonLine[]): Html | false =>
  lines.length > 0 &&
  markup`<ul>${lines.slice(0, most).map(sentence)}${lines.length > most && markup`<li><a href="#differences">and ${count(lines.length - most)} more</a></li>`}</ul>`;

const side = (name: string, { label, runs, posture }: ComparisonSide): Html => markup`<div class="side">
<h2>${name} <span class="quiet">${label}</span></h2>
<p><span class="badge ${tone(posture.verdict)}">${sign(tone(posture.verdict))}${posture.verdict}</span> <b>${posture.score.letter}</b> ${posture.score.value} <span class="quiet">${posture.plan} on ${posture.stack}${posture.partial && ', stopped before its end'}</span></p>
<p class="quiet">run ${posture.run}, ${startedText(posture.startedAt)}, seed ${posture.seed}, Holdfast ${posture.harness}${runs > 1 && `; with ${count(runs - 1)} ${runs === 2 ? 'run' : 'runs'} before it`}</p>
<p class="controls-of">${posture.controls.map(({ id, verdict }) => markup`<span>${id} ${badge(verdict)}</span> `)}</p>
</div>`;

/** Verdict, what regressed and why, and the two sides: all that a hurried reader reads. */
export const headerSection = (comparison: Comparison): Html => {
  const { stopped, warned, notComparable, noise, unchanged } = partsOf(comparison);
  const quiet = noise.length + unchanged.length > 0;
  const decisive = new Set(comparison.reasons);
  const open = notComparable.filter((line) => decisive.has(reasonOfLine(line)));
  return markup`<header>
<p class="brand"><b>Holdfast</b> <span>comparison by the gate ${comparison.gate.id}${comparison.gate.file !== null && ` (${comparison.gate.file})`}, Holdfast ${comparison.harness}</span></p>
<div class="verdict compare-verdict ${verdictTone(comparison.verdict)}">
<h1>${verdictSign(comparison.verdict)}<span>${comparison.verdict}</span></h1>
<div class="why">
<p class="meaning">${comparisonMeaning[comparison.verdict]}</p>
${sentences(stopped)}
${warned.length > 0 && markup`<p>Worse as well, and the gate lets it pass:</p>${sentences(warned)}`}
${
  open.length > 0 &&
  markup`<p>The gate needs what could not be compared:</p><ul>${byReason(open, comparison.reasons).map(([why, lines]) => markup`<li><a href="#not-comparable">${lines.map(({ id }) => id).join(', ')}</a>: ${why}</li>`)}</ul>`
}
<p class="tally">${summaryText(comparison)}, ${quietText(comparison)}. Equal stacks give any regression among the tested lines in at most ${comparison.gate.alpha * 100} % of comparisons.</p>
</div>
</div>
<div class="sides">
${side('Before', comparison.before)}
${side('After', comparison.after)}
</div>
<nav aria-label="Sections"><a href="#differences">What differs</a> ${notComparable.length > 0 && markup`<a href="#not-comparable">Not comparable</a> `}<a href="#timeline">Timelines</a> <a href="#context">What may be the cause</a>${quiet && markup` <a href="#unchanged">Noise and unchanged</a>`}</nav>
</header>`;
};
