import type { AttackRow, Series, TrendGroup } from '../../../harness/trend/index.ts';
import { badge, markup, sign, tone } from '../../formats/html/index.ts';
import type { Child, Html } from '../../formats/html/index.ts';
import { boundText, count } from '../../text/index.ts';
import { dayText, nightsText, valueText } from '../text.ts';
import { attackPlot, axis, changeTicks, seriesPlot, strip } from './plot.ts';

const row = (name: Child, plot: Html, now: Child): Html =>
  markup`<div class="row"><div class="name">${name}</div>${plot}<div class="now">${now}</div></div>
`;

/** The two latencies of a phase share a drawing, p50 beneath p99; everything else stands alone. */
const drawings = (series: readonly Series[]): readonly (readonly Series[])[] => [
  ...Map.groupBy(series, ({ id }) => id.replace(/ p(50|99)$/, '')).values(),
];

const range = ({ unit, values }: Series): Html => {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return markup`<b>${valueText(unit, values.at(-1) ?? null)}</b>${known.length > 1 && markup`<div class="sub">${low === high ? 'ever the same' : `${valueText(unit, low)} to ${valueText(unit, high)}`}</div>`}`;
};

const drawing = (group: TrendGroup, lines: readonly Series[]): Html => {
  const last = lines.at(-1);
  if (last === undefined) return markup``;
  const name =
    lines.length === 1
      ? last.title
      : markup`${last.title}<div class="sub">dashed: p50, newest ${valueText(last.unit, lines[0]?.values.at(-1) ?? null)}</div>`;
  return row(name, seriesPlot(group, lines), range(last));
};

const attackSays = (group: TrendGroup, attack: AttackRow): Html => {
  const unknown = [...attack.verdicts].filter((letter) => letter === 'u').length;
  if (attack.failed === 0)
    return markup`<span class="none">${unknown === 0 ? `never failed` : `unknown on ${nightsText(unknown)}`}</span><div class="sub">newest bound ${boundText(attack.newestBound)}</div>`;
  return markup`<span class="hot">failed ${count(attack.failed)} of ${count(attack.nights)}</span>${attack.turns > 1 && markup` <span class="flaps">turned ${count(attack.turns)} times</span>`}<div class="sub">last on ${dayText(group.nights, attack.lastFailed ?? 0)}; ${count(attack.broke)} of ${count(attack.attempts)} attempts</div>`;
};

/** Attacks that ever failed come first, then those of which a night does not know: what flaps must be seen. */
const attacksInOrder = (attacks: readonly AttackRow[]): readonly AttackRow[] => {
  const rank = ({ failed, verdicts }: AttackRow): number => (failed > 0 ? 0 : verdicts.includes('u') ? 1 : 2);
  return attacks.toSorted((a, b) => rank(a) - rank(b));
};

/** Everything over the nights of a group, on one axis. */
export const groupRows = (group: TrendGroup, base: string): Html => {
  const newest = group.nights.at(-1);
  const changed = new Set(group.changes.map(({ night }) => night)).size;
  return markup`<div class="rows">
${newest !== undefined && row('Verdict', strip(group, base), markup`<span class="badge ${tone(newest.verdict)}">${sign(tone(newest.verdict))}${newest.verdict}</span>${newest.asExpected !== null && markup`<div class="sub">${newest.asExpected ? 'as expected' : 'not as expected'}</div>`}`)}
${changed > 0 && row('Versions changed', changeTicks(group), markup`<a href="#${changesId(group)}">before ${nightsText(changed)}</a>`)}
${drawings(group.series).map((lines) => drawing(group, lines))}
${row('', axis(group), '')}
<h3>Attacks</h3>
${attacksInOrder(group.attacks).map((attack) => row(markup`<b>${attack.id}</b> ${attack.title}${attack.critical && markup` <span class="critical">critical</span>`}`, attackPlot(group, attack), attackSays(group, attack)))}
${row('', axis(group), '')}
<p class="note keys">${badge('fail')} full height ${badge('unknown')} half height ${badge('pass')} low bar; nothing: not in that night's plan. Dashed upright: a version changed before this night.</p>
</div>`;
};

/** Where the changes of a group stand on the page. */
export const changesId = ({ plan, stack }: TrendGroup): string =>
  `changes-${[plan, stack].map((part) => part.replaceAll(/[^A-Za-z0-9]+/g, '-')).join('-')}`;
