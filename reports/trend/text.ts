import type { NightHead, Series, Trend, TrendGroup } from '../../harness/trend/index.ts';
import { count, millisText, perSecondText, shareText } from '../text/index.ts';

/** A value of a series in its unit; `–` where there is none. */
export const valueText = (unit: Series['unit'], value: number | null): string => {
  if (value === null) return '–';
  switch (unit) {
    case 'ms':
      return millisText(value);
    case '1/s':
      return perSecondText(value);
    case 'share':
      return shareText(value);
    default:
      return count(Math.round(value * 10) / 10);
  }
};

/** The day of a night, with its time where another night of the group has the same day. */
export const dayText = (nights: readonly NightHead[], night: number): string => {
  const own = nights[night]?.startedAt ?? '';
  const day = own.slice(0, 10);
  const shared = nights.some(({ startedAt }, at) => at !== night && startedAt.startsWith(day));
  return shared ? `${day} ${own.slice(11, 16)}` : day;
};

/** How many nights, e.g. `1 night`, `400 nights`. */
export const nightsText = (nights: number): string => `${count(nights)} ${nights === 1 ? 'night' : 'nights'}`;

/** The factor from one number to another, e.g. `× 0.52`. */
export const factorText = (from: number, to: number): string => `×\u00a0${Number((to / from).toPrecision(2))}`;

/** Is the newest night bad news: not as its matrix expects, or, outside a matrix, broken? */
export const isBad = ({ verdict, asExpected }: NightHead): boolean =>
  asExpected === null ? verdict === 'BROKEN' : !asExpected;

/** Is it good news? Neither is what says nothing. */
export const isGood = ({ verdict, asExpected, partial }: NightHead): boolean =>
  asExpected ?? (verdict === 'HOLDS' && !partial);

/** The newest night of each group, worst news first. */
export const newestOf = ({ groups }: Trend): readonly { readonly group: TrendGroup; readonly night: NightHead }[] =>
  groups.flatMap((group) => {
    const night = group.nights.at(-1);
    return night === undefined ? [] : [{ group, night }];
  });

/** What the newest nights come to, in a few words, and how it looks. */
export const trendVerdict = (trend: Trend): { readonly tone: 'good' | 'bad' | 'unsure'; readonly text: string } => {
  const newest = newestOf(trend).map(({ night }) => night);
  const bad = newest.filter(isBad).length;
  const good = newest.filter(isGood).length;
  const of = `of ${count(newest.length)}`;
  if (newest.length === 0) return { tone: 'unsure', text: 'NO NIGHT' };
  if (bad > 0) {
    const word = newest.every(({ asExpected }) => asExpected === null) ? 'BROKEN' : 'NOT AS EXPECTED';
    return { tone: 'bad', text: newest.length === 1 ? word : `${count(bad)} ${of} ${word}` };
  }
  if (good === newest.length) {
    const hold = newest.every(({ verdict }) => verdict === 'HOLDS');
    if (newest.length === 1) return { tone: 'good', text: hold ? 'HOLDS' : 'AS EXPECTED' };
    return { tone: 'good', text: `ALL ${count(good)} ${hold ? 'HOLD' : 'AS EXPECTED'}` };
  }
  const open = [...new Set(newest.filter((night) => !isGood(night)).map(({ verdict }) => verdict))];
  const word = open.length === 1 && open[0] !== 'HOLDS' ? (open[0] ?? '') : 'UNKNOWN';
  return { tone: 'unsure', text: newest.length === 1 ? word : `${count(newest.length - good)} ${of} ${word}` };
};

/** A mark in a sentence: `2026-11-20: Throughput at saturation 610/s, × 0.5 the median 1,210/s of the 7 nights before: worse`. */
export const markText = (group: TrendGroup, mark: TrendGroup['marks'][number]): string => {
  const series = group.series.find(({ id }) => id === mark.series);
  const unit = series?.unit ?? 'points';
  return `${dayText(group.nights, mark.night)}: ${series?.title ?? mark.series} ${valueText(unit, mark.value)}, ${factorText(mark.median, mark.value)} of the median ${valueText(unit, mark.median)} of the ${nightsText(mark.of)} before: ${mark.tone}`;
};
