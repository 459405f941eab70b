import type { Trend, TrendGroup } from '../../../harness/trend/index.ts';
import { list, section } from '../../document.ts';
import type { Block, Document, Section } from '../../document.ts';
import type { Nights } from '../../drawing.ts';
import { hot, quiet, strong, toneOf, warm } from '../../line.ts';
import type { Line } from '../../line.ts';
import { count } from '../../text/index.ts';
import { dayText, markText, nightsText, valueText } from '../../trend/text.ts';
import { trendHead } from './page.ts';
import { curvesOf, verdictsOf } from './nights.ts';

/** The series that say most in a few columns, as far as the group has them. */
const chosen = ['throughput', 'latency spike p50', 'latency spike p99'];

/** More changes of level than this are left to the page. */
const mostMarks = 3;

const nights = (group: TrendGroup): Nights => {
  const held = group.nights.filter(({ verdict }) => verdict === 'HOLDS').length;
  return {
    kind: 'nights',
    days: group.nights.map((_, night) => dayText(group.nights, night)),
    breaks: [],
    rows: [
      {
        name: 'nights',
        plot: verdictsOf(group, ''),
        now: `held on ${count(held)} of ${nightsText(group.nights.length)}`,
      },
      ...chosen.flatMap((id) =>
        group.series
          .filter((series) => series.id === id)
          .map((series) => ({
            name: series.title,
            plot: curvesOf(group, [series]),
            now: `now ${valueText(series.unit, series.values.at(-1) ?? null)}`,
          })),
      ),
    ],
  };
};

const groupSection = (group: TrendGroup): readonly Section[] => {
  const newest = group.nights.at(-1);
  if (newest === undefined) return [];
  const last = group.nights.length - 1;
  const open = group.incidents.filter((incident) => incident.open).length;
  const early = group.marks.length - mostMarks;
  const says: readonly Line[] = [
    ...group.attacks
      .filter(({ failed }) => failed > 0)
      .map((attack): Line => [
        hot(attack.id),
        ` failed on ${count(attack.failed)} of ${nightsText(attack.nights)}, last on ${dayText(group.nights, attack.lastFailed ?? 0)}${attack.turns > 1 ? `, turned ${count(attack.turns)} times` : ''}: ${attack.title}`,
      ]),
    ...(open === 0 ? [] : [hot(`${count(open)} ${open === 1 ? 'incident' : 'incidents'} open`)]),
    ...group.marks.slice(-mostMarks).map((mark) => markText(group, mark)),
    ...(early > 0 ? [`and ${count(early)} earlier changes of level, on the page`] : []),
  ];
  const expected = newest.asExpected === null ? '' : newest.asExpected ? ' as expected' : hot(' not as expected');
  return [
    section(
      [
        strong(`${group.plan} on ${group.stack}`),
        '  ',
        { kind: 'badge', tone: toneOf(newest.verdict), text: newest.verdict },
        expected,
        ` ${newest.score.letter} ${newest.score.value}  `,
        quiet(dayText(group.nights, last)),
      ],
      [nights(group), ...(says.length === 0 ? [] : [list(says)])],
    ),
  ];
};

const unreadable = ({ unreadable: all }: Trend): readonly Block[] =>
  all.length === 0
    ? []
    : [
        section(
          [warm('could not be read')],
          [
            list(
              all.map(({ place, reason }) => `${place}: ${reason}`),
              { most: { terminal: 8, markdown: 50 }, rest: 'on the page' },
            ),
          ],
        ),
      ];

/** Many nights in short: newest verdicts, a sign for each night, what fails, and where a level changed. */
export const trendBrief = (trend: Trend): Document => ({
  ...trendHead(trend),
  why: [],
  blocks: [...trend.groups.flatMap(groupSection), ...unreadable(trend)],
});
