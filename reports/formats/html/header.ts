import type { Report } from '../../../harness/model/index.ts';
import { runFacts, runVerdictMeaning, sentence } from '../../text/index.ts';
import { sign, tone } from './badges.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

const links: readonly (readonly [id: string, name: string])[] = [
  ['controls', 'Controls'],
  ['incidents', 'Incidents'],
  ['attacks', 'Attacks'],
  ['timeline', 'Timeline'],
  ['load', 'Load'],
  ['tap', 'Tap'],
  ['sensitivity', 'Sensitivity'],
  ['scope', 'Not claimed'],
  ['provenance', 'Verify'],
];

const caps = (report: Report): Html | false =>
  report.score.caps.length > 0 &&
  markup`<ul class="caps">${report.score.caps.map((cap) => markup`<li><b>at most ${cap.letter}</b> ${sentence(cap.reason)}</li>`)}</ul>`;

/** Verdict, what it means, why, the score with what caps it, and what was run: all that a hurried reader reads. */
export const headerSection = (report: Report): Html => markup`<header>
<p class="brand"><b>Holdfast</b> <span>run ${report.run}</span></p>
<div class="verdict ${tone(report.verdict)}">
<h1>${sign(tone(report.verdict))}<span>${report.verdict}</span></h1>
<div class="why">
<p class="meaning">${runVerdictMeaning(report.verdict)}</p>
${report.reasons.length > 0 && markup`<ul>${report.reasons.map((reason) => markup`<li>${sentence(reason)}</li>`)}</ul>`}
</div>
<div class="score">
<p class="letter"><span class="quiet">score</span> <b>${report.score.letter}</b> <span>${report.score.value}<span class="quiet"> / 100</span></span></p>
${caps(report)}
</div>
</div>
<dl class="facts">${runFacts(report).map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<nav aria-label="Sections">${links.map(([id, name]) => markup`<a href="#${id}">${name}${id === 'incidents' && markup` <b>${report.incidents.length}</b>`}</a> `)}</nav>
</header>`;
