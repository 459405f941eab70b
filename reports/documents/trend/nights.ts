import type { AttackRow, Series, TrendGroup } from '../../../harness/trend/index.ts';
import type { Curve, Nights, Plot } from '../../drawing.ts';
import { criticalMark, hot, linkTo, quiet, strong, sub, toneOf, verdictBadge } from '../../line.ts';
import type { Line, Tone } from '../../line.ts';
import { boundText, count } from '../../text/index.ts';
import { dayText, nightsText, valueText } from '../../trend/text.ts';

type Row = Nights['rows'][number];

/** The two latencies of a phase share a drawing, p50 beneath p99; everything else stands alone. */
const drawings = (series: readonly Series[]): readonly (readonly Series[])[] => [
  ...Map.groupBy(series, ({ id }) => id.replace(/ p(50|99)$/, '')).values(),
];

const range = ({ unit, values }: Series): Line => {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const between = low === high ? 'ever the same' : `${valueText(unit, low)} to ${valueText(unit, high)}`;
  return [strong(valueText(unit, values.at(-1) ?? null)), known.length > 1 ? sub(between) : ''];
};

const curveOf = ({ nights }: TrendGroup, { title, unit, values }: Series): Curve => ({
  title,
  values,
  texts: values.map((value, night) => `${dayText(nights, night)}: ${valueText(unit, value)}`),
});

/** Series of one unit over the nights, with a ring where one left its level. */
export const curvesOf = (group: TrendGroup, lines: readonly Series[]): Plot => {
  const unit = lines[0]?.unit;
  return {
    kind: 'curves',
    curves: lines.map((series) => curveOf(group, series)),
    log: unit === 'ms',
    ...(unit === 'points' && { most: 104 }),
    rings: group.marks.flatMap(({ series, night, value, tone }) => {
      const own = lines.find(({ id }) => id === series);
      return own === undefined
        ? []
        : [
            {
              night,
              value,
              tone: tone === 'worse' ? 'bad' : 'good',
              text: `${dayText(group.nights, night)}: ${own.title} ${valueText(own.unit, value)}, ${tone}`,
            },
          ];
    }),
  };
};

const drawing = (group: TrendGroup, lines: readonly Series[]): readonly Row[] => {
  const last = lines.at(-1);
  if (last === undefined) return [];
  const under = sub(`dashed: p50, newest ${valueText(last.unit, lines[0]?.values.at(-1) ?? null)}`);
  return [
    {
      name: lines.length === 1 ? last.title : [last.title, under],
      plot: curvesOf(group, lines),
      now: range(last),
    },
  ];
};

/** A bar for each night that leads to its page. `base` leads from here to the folder of the nights. */
export const verdictsOf = ({ nights }: TrendGroup, base: string): Plot => ({
  kind: 'verdicts',
  nights: nights.map(({ verdict, partial, score, page }, night) => ({
    tone: toneOf(verdict),
    text: `${dayText(nights, night)}: ${verdict}${partial ? ', stopped before its end' : ''}, score ${score.value}`,
    href: page === null ? null : `${base}${page}`,
  })),
});

const attackTones: Readonly<Record<string, Tone>> = { f: 'bad', u: 'unsure', p: 'good' };

const attackSays = (group: TrendGroup, attack: AttackRow): Line => {
  const unknown = [...attack.verdicts].filter((letter) => letter === 'u').length;
  if (attack.failed === 0)
    return [
      quiet(unknown === 0 ? 'never failed' : `unknown on ${nightsText(unknown)}`),
      sub(`newest bound ${boundText(attack.newestBound)}`),
    ];
  return [
    hot(`failed ${count(attack.failed)} of ${count(attack.nights)}`),
    attack.turns > 1 ? `, turned ${count(attack.turns)} times` : '',
    sub(
      `last on ${dayText(group.nights, attack.lastFailed ?? 0)}; ${count(attack.broke)} of ${count(attack.attempts)} attempts`,
    ),
  ];
};

/** Attacks that ever failed come first, then those of which a night does not know: what flaps must be seen. */
const attacksInOrder = (attacks: readonly AttackRow[]): readonly AttackRow[] => {
  const rank = ({ failed, verdicts }: AttackRow): number => (failed > 0 ? 0 : verdicts.includes('u') ? 1 : 2);
  return attacks.toSorted((a, b) => rank(a) - rank(b));
};

/** Where the changes of a group stand on the page. */
export const changesId = ({ plan, stack }: TrendGroup): string => `changes ${plan} ${stack}`;

/** Everything over the nights of a group, on one axis. */
export const nightsOf = (group: TrendGroup, base: string): Nights => {
  const { nights, changes } = group;
  const newest = nights.at(-1);
  const byNight = [...Map.groupBy(changes, ({ night }) => night)];
  const expected =
    newest === undefined || newest.asExpected === null
      ? ''
      : sub(newest.asExpected ? 'as expected' : 'not as expected');
  return {
    kind: 'nights',
    days: nights.map((_, night) => dayText(nights, night)),
    breaks: byNight.map(([night]) => night),
    rows: [
      ...(newest === undefined
        ? []
        : [{ name: 'Verdict', plot: verdictsOf(group, base), now: [verdictBadge(newest.verdict), expected] }]),
      ...(byNight.length === 0
        ? []
        : [
            {
              name: 'Versions changed',
              plot: {
                kind: 'ticks' as const,
                ticks: byNight.map(([night, own]) => ({
                  night,
                  text: `${dayText(nights, night)}: ${own.map(({ what }) => what).join(', ')}`,
                })),
              },
              now: linkTo(changesId(group), `before ${nightsText(byNight.length)}`),
            },
          ]),
      ...drawings(group.series).flatMap((lines) => drawing(group, lines)),
      { name: 'Attacks', plot: null, now: '' },
      ...attacksInOrder(group.attacks).map((attack): Row => ({
        name: [strong(attack.id), ` ${attack.title}`, criticalMark(attack.critical)],
        plot: { kind: 'bars', tones: [...attack.verdicts].map((letter) => attackTones[letter] ?? null) },
        now: attackSays(group, attack),
      })),
    ],
  };
};
