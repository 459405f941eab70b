import type { NightHead, Series, Trend, TrendGroup } from '../../harness/trend/index.ts';
import { align, painter, signOf, styleOf, width, wrap } from '../formats/terminal/index.ts';
import type { Paint } from '../formats/terminal/index.ts';
import { count, visible } from '../text/index.ts';
import { dayText, markText, nightsText, trendVerdict, valueText } from './text.ts';

const blocks = '▁▂▃▄▅▆▇█';

/** A value for each of the last nights as a block of one of eight heights, from the least to the most that is shown; `·` where none. */
const sparkline = ({ unit, values }: Series, columns: number): string => {
  const shown = values.slice(-columns);
  const known = shown.filter((value) => value !== null);
  const of = (value: number): number => (unit === 'ms' && value > 0 ? Math.log(value) : value);
  const [low, high] = [Math.min(...known.map(of)), Math.max(...known.map(of))];
  return shown
    .map((value) =>
      value === null ? '·' : (blocks[high === low ? 3 : Math.round(((of(value) - low) / (high - low)) * 7)] ?? '·'),
    )
    .join('');
};

const strip = (nights: readonly NightHead[], columns: number, paint: Paint): string =>
  nights
    .slice(-columns)
    .map(({ verdict }) => paint(signOf(verdict), styleOf(verdict)))
    .join('');

/** The series that say most in a few columns, as far as the group has them. */
const chosen = ({ series }: TrendGroup): readonly Series[] =>
  ['throughput', 'latency spike p50', 'latency spike p99'].flatMap((id) => series.filter((each) => each.id === id));

/** More changes of level than this are left to the page. */
const mostMarks = 3;

const groupLines = (group: TrendGroup, paint: Paint, columns: number): readonly string[] => {
  const newest = group.nights.at(-1);
  if (newest === undefined) return [];
  const last = group.nights.length - 1;
  const head = `${visible(group.plan)} on ${visible(group.stack)}`;
  const room = Math.max(8, Math.min(60, columns - 62));
  const held = group.nights.filter(({ verdict }) => verdict === 'HOLDS').length;
  const failing = group.attacks.filter(({ failed }) => failed > 0);
  const open = group.incidents.filter((incident) => incident.open).length;
  const texts = (lines: readonly string[]): readonly string[] =>
    lines.flatMap((line) => wrap(line, columns - 4, '  ')).map((line) => `    ${line}`);
  return [
    `${paint(head, 'bold')}  ${paint(`${signOf(newest.verdict)} ${newest.verdict}`, styleOf(newest.verdict))}${newest.asExpected === null ? '' : newest.asExpected ? ' as expected' : paint(' not as expected', 'red')} ${newest.score.letter} ${newest.score.value}  ${paint(dayText(group.nights, last), 'dim')}`,
    ...align(
      [
        ['  nights', strip(group.nights, room, paint), `held on ${count(held)} of ${nightsText(group.nights.length)}`],
        ...chosen(group).map((series) => [
          `  ${visible(series.title)}`,
          sparkline(series, room),
          `now ${valueText(series.unit, series.values.at(-1) ?? null)}`,
        ]),
      ],
      [],
    ),
    ...texts(
      failing.map(
        (attack) =>
          `${paint(attack.id, 'red')} failed on ${count(attack.failed)} of ${nightsText(attack.nights)}, last on ${dayText(group.nights, attack.lastFailed ?? 0)}${attack.turns > 1 ? `, turned ${count(attack.turns)} times` : ''}: ${visible(attack.title)}`,
      ),
    ),
    ...texts(open === 0 ? [] : [paint(`${count(open)} ${open === 1 ? 'incident' : 'incidents'} open`, 'red')]),
    ...texts(group.marks.slice(-mostMarks).map((mark) => visible(markText(group, mark)))),
    ...texts(
      group.marks.length > mostMarks
        ? [`and ${count(group.marks.length - mostMarks)} earlier changes of level, on the page`]
        : [],
    ),
  ];
};

/** More of the nights that could not be read than this are left to the page. */
const mostUnreadable = 8;

/** A short overview for a terminal: newest verdicts, a sign for each night, what fails, and where a level changed. */
export const terminal = (
  trend: Trend,
  { colour, columns }: { readonly colour: boolean; readonly columns: number },
): string => {
  const paint = painter(colour);
  const { tone, text } = trendVerdict(trend);
  const style = { good: 'green', bad: 'red', unsure: 'yellow' } as const;
  const mark = { good: '✔', bad: '✘', unsure: '?' } as const;
  const nights = trend.groups.reduce((sum, group) => sum + group.nights.length, 0);
  const lost = trend.unreadable.slice(0, mostUnreadable);
  const more = trend.unreadable.length - lost.length;
  return `${[
    `${paint(`${mark[tone]} ${text}`, style[tone], 'bold')}  ${nightsText(nights)}`,
    ...trend.groups.flatMap((group) => ['', ...groupLines(group, paint, columns)]),
    ...(lost.length === 0 ? [] : ['', paint('could not be read', 'yellow')]),
    ...lost
      .flatMap(({ place, reason }) => wrap(`${visible(place)}: ${visible(reason)}`, columns - 2, '  '))
      .map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${count(more)} more, all of them on the page`] : []),
  ]
    .flatMap((line) => (width(line) <= columns ? [line] : wrap(line, columns, '  ')))
    .join('\n')}\n`;
};
