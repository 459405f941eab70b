import { levelRule } from '../../../harness/trend/index.ts';
import type { Trend, TrendGroup } from '../../../harness/trend/index.ts';
import { list, note, numeric, section, table, text } from '../../document.ts';
import type { Block, Document, Fact, Section } from '../../document.ts';
import { code, criticalMark, hot, linkOut, linkTo, quiet, strong, verdictBadge } from '../../line.ts';
import type { Line } from '../../line.ts';
import { count, startedText } from '../../text/index.ts';
import { dayText, markText, newestOf, nightsText, trendVerdict, valueText } from '../../trend/text.ts';
import { changesId, nightsOf } from './nights.ts';

const idOf = ({ plan, stack }: TrendGroup): string => `group ${plan} ${stack}`;

const held = ({ nights }: TrendGroup): string =>
  `held on ${count(nights.filter(({ verdict }) => verdict === 'HOLDS').length)} of ${nightsText(nights.length)}`;

/** Where a series left its level, in sentences. */
const marks = (group: TrendGroup): readonly Block[] =>
  group.marks.length === 0
    ? []
    : [
        section('Changes of level', [
          list(
            group.marks
              .toReversed()
              .map((mark) => (mark.tone === 'worse' ? hot(`${markText(group, mark)}.`) : `${markText(group, mark)}.`)),
          ),
        ]),
      ];

/** Every incident with its first and last night. */
const incidents = ({ incidents: all, nights }: TrendGroup): readonly Block[] =>
  all.length === 0
    ? []
    : [
        section('Incidents', [
          table(
            ['Incident', 'What', 'First night', 'Last night', numeric('Nights')],
            all.map(({ id, title, critical, first, last, nights: many, open }) => [
              id,
              [title, criticalMark(critical)],
              dayText(nights, first),
              [dayText(nights, last), open ? [' ', hot('open')] : ''],
              count(many),
            ]),
            { cards: true },
          ),
        ]),
      ];

/** What changed before which night. */
const changes = (group: TrendGroup): readonly Block[] => {
  if (group.changes.length === 0) return [];
  const many = new Set(group.changes.map(({ night }) => night)).size;
  return [
    section(
      `What changed, before ${nightsText(many)}`,
      [
        table(
          ['Night', 'What', 'Before', 'Since'],
          group.changes
            .toSorted((a, b) => b.night - a.night)
            .map(({ night, what, before, after }) => [dayText(group.nights, night), what, before ?? '–', after ?? '–']),
        ),
      ],
      { fold: true, id: changesId(group) },
    ),
  ];
};

/** Every night in words and numbers, newest first: what the drawings show, for whoever does not see them. */
const nights = ({ nights: all, series }: TrendGroup, base: string): Block =>
  section(
    `${all.length === 1 ? 'The night' : `All ${nightsText(all.length)}`} in numbers`,
    [
      table(
        ['Night', 'Run', 'Verdict', ...series.map(({ title }) => numeric(title)), numeric('Incidents'), 'Holdfast'],
        all
          .map((night, at): readonly Line[] => [
            dayText(all, at),
            night.page === null ? night.run : linkOut(`${base}${night.page}`, night.run),
            [verdictBadge(night.verdict), night.partial ? ' partial' : ''],
            ...series.map(({ unit, values }) => valueText(unit, values[at] ?? null)),
            count(night.incidents),
            night.harness,
          ])
          .toReversed(),
      ),
    ],
    { fold: true },
  );

const groupSection = (group: TrendGroup, base: string): Section =>
  section(
    [`${group.plan} on ${group.stack} `, quiet(held(group))],
    [
      nightsOf(group, base),
      note([
        verdictBadge('fail'),
        ' full height ',
        verdictBadge('unknown'),
        ' half height ',
        verdictBadge('pass'),
        " low bar; nothing: not in that night's plan. Dashed upright: a version changed before this night.",
      ]),
      ...marks(group),
      ...incidents(group),
      ...changes(group),
      nights(group, base),
    ],
    { id: idOf(group), nav: `${group.plan} on ${group.stack}` },
  );

/** How the drawings are made and the marks set, so that nobody concludes more than they say. */
const rules = ({ gate }: Trend): Section =>
  section(
    'How to read this',
    [
      list([
        'A night that is INVALID, or was stopped before its end, gives no point to any series. Latencies are drawn on a log scale, everything else from 0.',
        `A ring marks a night that left its level: it lies further from the median of the up to ${levelRule.window} measured nights before it (at least ${levelRule.least}; of the same plan, trace and size of machine, and for latencies with a peak of the spike about as high) than ${levelRule.deviations} standard deviations of such a difference, and by more than the gate ${gate} takes for small. The standard deviation is measured from these nights where there are at least ${levelRule.ownFrom} steps between them, else it is the gate's. Of consecutive nights off on one side the first is marked. Only throughput, capacity and latencies are judged so; a verdict is a fact and needs no rule.`,
        [
          'A mark is no proof of a cause. To compare two nights with all that is known of them: ',
          code('npx holdfast compare NIGHT NIGHT'),
          '.',
        ],
      ]),
    ],
    { id: 'rules' },
  );

const trendFacts = ({ groups, unreadable }: Trend): readonly Fact[] => {
  const all = groups.flatMap((group) => group.nights.map(({ startedAt }) => startedAt)).toSorted();
  const day = (iso: string | undefined): string => (iso === undefined ? '–' : startedText(iso));
  return [
    ['Nights', count(all.length)],
    ['Plans on stacks', count(groups.length)],
    ['First', day(all[0])],
    ['Last', day(all.at(-1))],
    ['Could not be read', count(unreadable.length)],
  ];
};

/** What all documents of a trend begin with. */
export const trendHead = (trend: Trend): Pick<Document, 'title' | 'name' | 'harness' | 'verdict' | 'facts'> => {
  const { tone, text: word } = trendVerdict(trend);
  const all = trend.groups.reduce((sum, group) => sum + group.nights.length, 0);
  return {
    title: `${word}: trend – Holdfast`,
    name: 'trend',
    harness: trend.harness,
    verdict: { word, tone, about: nightsText(all) },
    facts: trendFacts(trend),
  };
};

/** Many nights as a page. `base` leads from the page to the folder of the nights: empty, or with a slash at its end. */
export const trendPage = (trend: Trend, base: string): Document => ({
  ...trendHead(trend),
  why: [
    text(strong('The newest night of each plan on each stack:')),
    list(
      newestOf(trend).map(({ group, night }): Line => [
        linkTo(idOf(group), `${group.plan} on ${group.stack}`),
        ' ',
        verdictBadge(night.verdict),
        ' ',
        quiet(
          `${night.score.letter} ${night.score.value}, ${dayText(group.nights, group.nights.length - 1)}; ${held(group)}`,
        ),
      ]),
    ),
  ],
  blocks: [
    ...trend.groups.map((group) => groupSection(group, base)),
    ...(trend.unreadable.length === 0
      ? []
      : [
          section(
            'Nights that could not be read',
            [
              table(
                ['Where', 'Why'],
                trend.unreadable.map(({ place, reason }) => [place, reason]),
              ),
            ],
            { id: 'unreadable' },
          ),
        ]),
    rules(trend),
  ],
});
