import type { ControlVerdict, RunVerdict } from '../../../harness/model/index.ts';
import type { AttackRow, Series, TrendGroup } from '../../../harness/trend/index.ts';
import { markup, sign, tone } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import { dayText, valueText } from '../text.ts';

const round = (value: number): number => Math.round(value * 100) / 100;
/** Up to so many nights each has its own sign and point; with more there is no room for them. */
const roomy = 60;

/** The middle of a night and its start, in percent of the width. */
const middle = (night: number, of: number): string => `${round(((night + 0.5) / of) * 100)}%`;
const start = (night: number, of: number): string => `${round((night / of) * 100)}%`;

/** A drawing that stretches to any width within one that does not: lines stretch, circles and signs stay round. */
const stretched = (nights: number, height: number, inside: Html): Html =>
  markup`<svg viewBox="0 0 ${nights} ${height}" preserveAspectRatio="none" width="100%" height="100%">${inside}</svg>`;

/** Where versions changed: the boundary before the night, through all drawings of a group. */
const boundaries = ({ nights, changes }: TrendGroup): readonly Html[] =>
  [...new Set(changes.map(({ night }) => night))].map(
    (night) =>
      markup`<line class="change" x1="${start(night, nights.length)}" x2="${start(night, nights.length)}" y1="0" y2="100%" />`,
  );

const barHeight: Readonly<Record<RunVerdict, number>> = { BROKEN: 10, HOLDS: 6.4, UNKNOWN: 6.4, INVALID: 6.4 };

/** The address of a run's page; each part of the path is encoded, so that no name makes it an address of another kind. */
export const hrefOf = (base: string, page: string): string =>
  `${base}${page.split(/[\\/]/).map(encodeURIComponent).join('/')}`;

/** A bar for each night: height and sign say the verdict, and it leads to the run's page. */
export const strip = (group: TrendGroup, base: string): Html => {
  const { nights } = group;
  const n = nights.length;
  const bars = nights.map((night, at) => {
    const height = barHeight[night.verdict];
    const bar = markup`<g class="${tone(night.verdict)}"><title>${dayText(nights, at)}: ${night.verdict}${night.partial && ', stopped before its end'}, score ${night.score.value}</title>${stretched(n, 10, markup`<rect x="${round(at + 0.06)}" y="${round(10 - height)}" width="0.88" height="${height}" />`)}${n <= roomy && markup`<svg x="${start(at, n)}" y="40%" width="${round(100 / n)}%" height="56%" viewBox="0 0 16 16">${sign(tone(night.verdict))}</svg>`}</g>`;
    return night.page === null ? bar : markup`<a href="${hrefOf(base, night.page)}" tabindex="-1">${bar}</a>`;
  });
  return markup`<svg class="plot strip" role="group" aria-label="A bar for each night, oldest first; the table of nights has them in words">${bars}${boundaries(group)}</svg>`;
};

/** The moments at which something changed. */
export const changeTicks = (group: TrendGroup): Html => {
  const { nights, changes } = group;
  const byNight = [...Map.groupBy(changes, ({ night }) => night).entries()];
  return markup`<svg class="plot ticks" aria-hidden="true">${byNight.map(
    ([night, own]) =>
      markup`<svg x="${start(night, nights.length)}" y="2" width="1" height="14" overflow="visible"><g><title>${dayText(nights, night)}: ${own.map(({ what }) => what).join(', ')}</title><path d="M0 0l5 9h-10z" /></g></svg>`,
  )}</svg>`;
};

/** Where a value lies between the least and the most that is shown, in percent from the top. */
const scaleOf = (lines: readonly Series[]): ((value: number) => number) => {
  const all = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const unit = lines[0]?.unit;
  const positive = all.filter((value) => value > 0);
  if (unit === 'ms' && positive.length > 0) {
    const [low, high] = [Math.log(Math.min(...positive) / 1.15), Math.log(Math.max(...positive) * 1.15)];
    return (value) => round(100 - 100 * Math.min(1, Math.max(0, (Math.log(value) - low) / (high - low))));
  }
  const most = unit === 'points' ? 104 : Math.max(...all, 0) * 1.08 || 1;
  return (value) => round(100 - 94 * (value / most) - 3);
};

const path = (values: readonly (number | null)[], y: (value: number) => number): string =>
  values
    .map((value, at) =>
      value === null ? '' : `${(values[at - 1] ?? null) === null ? 'M' : 'L'}${round(at + 0.5)} ${y(value)}`,
    )
    .join('');

/** Series of one unit over the nights; the last is drawn strongest. Marked nights have a ring. */
export const seriesPlot = (group: TrendGroup, lines: readonly Series[]): Html => {
  const { nights, marks } = group;
  const n = nights.length;
  const y = scaleOf(lines);
  const curves = lines.map(
    ({ values }, at) =>
      markup`<path class="${at === lines.length - 1 ? 'curve' : 'curve under'}" d="${path(values, y)}" />`,
  );
  const points = lines.flatMap(({ title, unit, values }, line) =>
    values.flatMap((value, at) => {
      const alone = (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
      return value === null || (n > roomy && !alone)
        ? []
        : [
            markup`<circle class="${line === lines.length - 1 ? 'point' : 'point under'}" cx="${middle(at, n)}" cy="${y(value)}%" r="${line === lines.length - 1 ? 2.6 : 2}"><title>${dayText(nights, at)}: ${title} ${valueText(unit, value)}</title></circle>`,
          ];
    }),
  );
  const rings = marks.flatMap((mark) => {
    const own = lines.find(({ id }) => id === mark.series);
    return own === undefined
      ? []
      : [
          markup`<circle class="ring ${mark.tone === 'worse' ? 'bad' : 'good'}" cx="${middle(mark.night, n)}" cy="${y(mark.value)}%" r="6"><title>${dayText(nights, mark.night)}: ${own.title} ${valueText(own.unit, mark.value)}, ${mark.tone}</title></circle>`,
        ];
  });
  return markup`<svg class="plot series" role="img" aria-label="${lines.map(({ title }) => title).join(' and ')}; the table of nights has the numbers">${boundaries(group)}${stretched(n, 100, markup`${curves}`)}${points}${rings}</svg>`;
};

const cell: Readonly<Record<string, { readonly verdict: ControlVerdict; readonly top: number }>> = {
  f: { verdict: 'fail', top: 0 },
  u: { verdict: 'unknown', top: 4.5 },
  p: { verdict: 'pass', top: 7.5 },
};

/** An attack over the nights: full height where it failed, half where nothing is known, a low bar where it passed, nothing where it was not run. */
export const attackPlot = (group: TrendGroup, row: AttackRow): Html => {
  const n = group.nights.length;
  const paths = Object.entries(cell).map(([letter, { verdict, top }]) => {
    // Nights of one verdict beside each other are one rectangle: 400 nights stay a short line.
    const runs = [...row.verdicts.matchAll(new RegExp(`${letter}+`, 'g'))];
    return (
      runs.length > 0 &&
      markup`<path class="${tone(verdict)}" d="${runs.map(({ index, 0: run }) => `M${index + 0.04} ${top}h${round(run.length - 0.08)}V10h-${round(run.length - 0.08)}z`).join('')}" />`
    );
  });
  return markup`<svg class="plot attack" aria-hidden="true">${stretched(n, 10, markup`${paths}`)}${boundaries(group)}</svg>`;
};

/** The days under all drawings of a group. */
export const axis = ({ nights }: TrendGroup): Html => {
  const n = nights.length;
  const places = [...new Set([0, 1, 2, 3, 4].map((part) => Math.round((part / 4) * (n - 1))))];
  const anchor = (night: number): string =>
    n === 1 ? 'mid' : night === 0 ? 'first' : night === n - 1 ? 'last' : 'mid between';
  return markup`<svg class="plot axis" aria-hidden="true">${places.map(
    (night) =>
      markup`<text class="${anchor(night)}" x="${n > 1 && night === 0 ? '0' : n > 1 && night === n - 1 ? '100%' : middle(night, n)}" y="13">${dayText(nights, night)}</text>`,
  )}</svg>`;
};
