import type { Comparison, ComparisonLine, ComparisonSide } from '../../../harness/model/index.ts';
import { badge, markup, sign, slug, tone } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import { count, startedText } from '../../text/index.ts';
import { verdictSign, verdictTone } from './judgement.ts';
import { measuredText, ratioText } from './values.ts';

const meanings: Readonly<Record<Comparison['verdict'], string>> = {
  'NO REGRESSION': 'Nothing that the gate minds became worse.',
  REGRESSION: 'Something that the gate minds became worse.',
  'NOT COMPARABLE': 'What the gate needs could not be compared: this says nothing, neither good nor bad.',
};

const numbers = (line: ComparisonLine): string =>
  [
    `${measuredText(line.unit, line.before)} → ${measuredText(line.unit, line.after)}`,
    ...(line.ratio === null ? [] : [ratioText(line.ratio)]),
  ].join(', ');

const sentence = (line: ComparisonLine): Html =>
  markup`<li><a href="#${slug('line', line.id)}">${line.title}</a>: <b>${numbers(line)}</b>: ${line.why}</li>`;

/** More of one kind than this are left to the table. */
const most = 8;

const sentences = (lines: readonly ComparisonLine[]): Html | false =>
  lines.length > 0 &&
  markup`<ul>${lines.slice(0, most).map(sentence)}${lines.length > most && markup`<li><a href="#differences">and ${count(lines.length - most)} more</a></li>`}</ul>`;

const tally = (comparison: Comparison): string => {
  const of = (...judgements: readonly ComparisonLine['judgement'][]): number =>
    comparison.lines.filter(({ judgement }) => judgements.includes(judgement)).length;
  const plural = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`;
  return [
    plural(of('regression'), 'regression', 'regressions'),
    plural(of('improvement'), 'improvement', 'improvements'),
    `${count(of('noise'))} noise`,
    `${count(of('unchanged'))} unchanged`,
    `${count(of('not comparable'))} not comparable`,
  ].join(', ');
};

const side = (name: string, { label, runs, posture }: ComparisonSide): Html => markup`<div class="side">
<h2>${name} <span class="quiet">${label}</span></h2>
<p><span class="badge ${tone(posture.verdict)}">${sign(tone(posture.verdict))}${posture.verdict}</span> <b>${posture.score.letter}</b> ${posture.score.value} <span class="quiet">${posture.plan} on ${posture.stack}${posture.partial && ', stopped before its end'}</span></p>
<p class="quiet">run ${posture.run}, ${startedText(posture.startedAt)}, seed ${posture.seed}, Holdfast ${posture.harness}${runs > 1 && `; with ${count(runs - 1)} ${runs === 2 ? 'run' : 'runs'} before it`}</p>
<p class="controls-of">${posture.controls.map(({ id, verdict }) => markup`<span>${id} ${badge(verdict)}</span> `)}</p>
</div>`;

/** Verdict, what regressed and why, and the two sides: all that a hurried reader reads. */
export const headerSection = (comparison: Comparison): Html => {
  const regressions = comparison.lines.filter(({ judgement }) => judgement === 'regression');
  const failing = regressions.filter(({ gate }) => gate === 'fail');
  const warned = regressions.filter(({ gate }) => gate === 'warn');
  // The reasons are about what could not be compared where nothing regressed; regressions speak for themselves, with numbers.
  const reasons = comparison.verdict === 'REGRESSION' && failing.length > 0 ? [] : comparison.reasons;
  return markup`<header>
<p class="brand"><b>Holdfast</b> <span>comparison by the gate ${comparison.gate.id}${comparison.gate.file !== null && ` (${comparison.gate.file})`}, Holdfast ${comparison.harness}</span></p>
<div class="verdict compare-verdict ${verdictTone(comparison.verdict)}">
<h1>${verdictSign(comparison.verdict)}<span>${comparison.verdict}</span></h1>
<div class="why">
<p class="meaning">${meanings[comparison.verdict]}</p>
${reasons.length > 0 && markup`<ul>${reasons.map((reason) => markup`<li>${reason}</li>`)}</ul>`}
${sentences(failing)}
${warned.length > 0 && markup`<p>The gate warns of, and does not fail:</p>${sentences(warned)}`}
<p class="tally">${tally(comparison)}. Equal stacks give any regression among the tested lines in at most ${comparison.gate.alpha * 100} % of comparisons.</p>
</div>
</div>
<div class="sides">
${side('Before', comparison.before)}
${side('After', comparison.after)}
</div>
<nav aria-label="Sections"><a href="#differences">What differs</a> <a href="#timeline">Timelines</a> <a href="#context">What may be the cause</a> <a href="#unchanged">Noise and unchanged</a></nav>
</header>`;
};
