import { levelRule } from '../../../harness/trend/index.ts';
import type { Trend, TrendGroup } from '../../../harness/trend/index.ts';
import { htmlDocument, markup, needAssets, sign, slug, tone } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import type { Asset } from '../../formats/index.ts';
import { count, startedText } from '../../text/index.ts';
import { dayText, newestOf, nightsText, trendVerdict } from '../text.ts';
import { groupRows } from './rows.ts';
import { changesTable, incidentsTable, marksList, nightsTable } from './tables.ts';

/** What the page inlines: name → path from this folder. */
export const trendAssets: Readonly<Record<string, string>> = {
  base: '../../formats/html/style.css',
  style: './style.css',
};

const idOf = ({ plan, stack }: TrendGroup): string => slug('group', plan, stack);

const held = ({ nights }: TrendGroup): string =>
  `held on ${count(nights.filter(({ verdict }) => verdict === 'HOLDS').length)} of ${nightsText(nights.length)}`;

const header = (trend: Trend): Html => {
  const verdict = trendVerdict(trend);
  const all = trend.groups.flatMap(({ nights }) => nights).map(({ startedAt }) => startedAt);
  const [first, last] = [
    all.reduce((a, b) => (a < b ? a : b), all[0] ?? ''),
    all.reduce((a, b) => (a > b ? a : b), ''),
  ];
  const facts: readonly (readonly [string, string])[] = [
    ['Nights', count(all.length)],
    ['Plans on stacks', count(trend.groups.length)],
    ['First', first === '' ? '–' : startedText(first)],
    ['Last', last === '' ? '–' : startedText(last)],
    ['Could not be read', count(trend.unreadable.length)],
  ];
  return markup`<header>
<p class="brand"><b>Holdfast</b> <span>trend, Holdfast ${trend.harness}</span></p>
<div class="verdict trend-verdict ${verdict.tone}">
<h1>${sign(verdict.tone)}<span>${verdict.text}</span></h1>
<div class="why">
<p class="meaning">The newest night of each plan on each stack:</p>
<ul class="newest">${newestOf(trend).map(({ group, night }) => markup`<li><a href="#${idOf(group)}">${group.plan} on ${group.stack}</a> <span class="badge ${tone(night.verdict)}">${sign(tone(night.verdict))}${night.verdict}</span> <span class="quiet">${night.score.letter} ${night.score.value}, ${dayText(group.nights, group.nights.length - 1)}; ${held(group)}</span></li>`)}</ul>
</div>
</div>
<dl class="facts">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`;
};

const section = (group: TrendGroup, base: string): Html => markup`<section class="group" id="${idOf(group)}">
<h2>${group.plan} on ${group.stack} <span class="quiet">${held(group)}</span></h2>
${groupRows(group, base)}
${marksList(group)}
${incidentsTable(group)}
${changesTable(group)}
${nightsTable(group, base)}
</section>
`;

const unreadableSection = ({ unreadable }: Trend): Html | false =>
  unreadable.length > 0 &&
  markup`<section id="unreadable">
<h2>Nights that could not be read</h2>
<div class="scroll" tabindex="0"><table class="plain">
<thead><tr><th scope="col">Where</th><th scope="col">Why</th></tr></thead>
<tbody>${unreadable.map(({ place, reason }) => markup`<tr><th scope="row">${place}</th><td class="claim">${reason}</td></tr>\n`)}</tbody>
</table></div>
</section>`;

/** How the drawings are made and the marks set, so that nobody concludes more than they say. */
const rules = (trend: Trend): Html => markup`<section id="rules">
<h2>How to read this</h2>
<ul class="notes">
<li>A night that is INVALID, or was stopped before its end, gives no point to any series. Latencies are drawn on a log scale, everything else from 0.</li>
<li>A ring marks a night that left its level: it lies further from the median of the up to ${levelRule.window} measured nights before it (at least ${levelRule.least}; of the same plan, trace and size of machine, and for latencies with a peak of the spike about as high) than ${levelRule.deviations} standard deviations of such a difference, and by more than the gate ${trend.gate} takes for small. The standard deviation is measured from these nights where there are at least ${levelRule.ownFrom} steps between them, else it is the gate's. Of consecutive nights off on one side the first is marked. Only throughput, capacity and latencies are judged so; a verdict is a fact and needs no rule.</li>
<li>A mark is no proof of a cause. To compare two nights with all that is known of them: <code>npx holdfast compare NIGHT NIGHT</code>.</li>
</ul>
</section>`;

/** Many nights as one page that needs nothing else, not even scripts. `base` leads from the page to the folder of the nights: empty, or with a slash at its end. */
export const trendPage = (trend: Trend, assets: Readonly<Record<string, Asset>>, base: string): Html =>
  htmlDocument({
    title: `${trendVerdict(trend).text}: trend – Holdfast`,
    styles: needAssets(assets, ['base', 'style']),
    scripts: [],
    body: markup`${header(trend)}
<main>
${trend.groups.map((group) => section(group, base))}
${unreadableSection(trend)}
${rules(trend)}
</main>`,
  });
