import type { Nights, Plot } from '../../drawing.ts';
import type { Tone } from '../../line.ts';
import { addressOf } from '../../text/index.ts';
import { lineHtml } from './line.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';
import { sign } from './signs.ts';

/** Up to so many nights each has its own sign and point; with more there is no room for them. */
const roomy = 60;

const round = (value: number): number => Math.round(value * 100) / 100;
/** The start of a night and its middle, in percent of the width. */
const start = (night: number, nights: number): string => `${round((100 * night) / nights)}%`;
const middle = (night: number, nights: number): string => `${round((100 * (night + 0.5)) / nights)}%`;

/** A drawing that is as wide as the page while its height does not change: lines stretch, circles and signs stay round. */
const stretched = (nights: number, height: number, inside: Html): Html =>
  markup`<svg viewBox="0 0 ${nights} ${height}" preserveAspectRatio="none" width="100%" height="100%">${inside}</svg>`;

const verdicts = ({ nights }: Extract<Plot, { kind: 'verdicts' }>): readonly Html[] =>
  nights.map(({ tone, text, href }, at) => {
    const height = tone === 'bad' ? 10 : 6.4;
    const bar = markup`<g class="${tone}"><title>${text}</title>${stretched(nights.length, 10, markup`<rect x="${round(at + 0.06)}" y="${round(10 - height)}" width="0.88" height="${height}" />`)}${nights.length <= roomy && markup`<svg x="${start(at, nights.length)}" y="40%" width="${round(100 / nights.length)}%" height="56%" viewBox="0 0 16 16">${sign(tone)}</svg>`}</g>`;
    return href === null ? bar : markup`<a href="${addressOf(href)}" tabindex="-1">${bar}</a>`;
  });

/** Where a value lies between the least and the most that is shown, in percent from the top. */
const scaleOf = ({ curves, log, most }: Extract<Plot, { kind: 'curves' }>): ((value: number) => number) => {
  const all = curves.flatMap(({ values }) => values.filter((value) => value !== null));
  const positive = all.filter((value) => value > 0);
  if (log && positive.length > 0) {
    const [low, high] = [Math.log(Math.min(...positive) / 1.15), Math.log(Math.max(...positive) * 1.15)];
    return (value) => round(100 - 100 * Math.min(1, Math.max(0, (Math.log(value) - low) / (high - low))));
  }
  const top = most ?? (Math.max(...all, 0) * 1.08 || 1);
  return (value) => round(100 - 94 * (value / top) - 3);
};

const path = (values: readonly (number | null)[], y: (value: number) => number): string =>
  values
    .map((value, at) =>
      value === null ? '' : `${(values[at - 1] ?? null) === null ? 'M' : 'L'}${round(at + 0.5)} ${y(value)}`,
    )
    .join('');

const curves = (plot: Extract<Plot, { kind: 'curves' }>, n: number): readonly Html[] => {
  const y = scaleOf(plot);
  const under = (at: number): string => (at === plot.curves.length - 1 ? '' : ' under');
  const drawn = plot.curves.map(({ values }, at) => markup`<path class="curve${under(at)}" d="${path(values, y)}" />`);
  const points = plot.curves.flatMap(({ title, values, texts }, line) =>
    values.flatMap((value, at) => {
      const alone = (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
      return value === null || (n > roomy && !alone)
        ? []
        : [
            markup`<circle class="point${under(line)}" cx="${middle(at, n)}" cy="${y(value)}%" r="${under(line) === '' ? 2.6 : 2}"><title>${texts[at] ?? ''} ${title}</title></circle>`,
          ];
    }),
  );
  const rings = plot.rings.map(
    ({ night, value, tone, text }) =>
      markup`<circle class="ring ${tone}" cx="${middle(night, n)}" cy="${y(value)}%" r="6"><title>${text}</title></circle>`,
  );
  return [stretched(n, 100, markup`${drawn}`), ...points, ...rings];
};

const tops: Readonly<Partial<Record<Tone, number>>> = { bad: 0, unsure: 4.5, good: 7.5 };

/** Nights of one tone beside each other are one rectangle: 400 nights stay a short line. */
const bars = ({ tones }: Extract<Plot, { kind: 'bars' }>): Html => {
  const paths = Object.entries(tops).map(([tone, top]) => {
    const starts = tones.flatMap((own, at) => (own === tone && tones[at - 1] !== tone ? [at] : []));
    const shapes = starts.map((at) => {
      const next = tones.findIndex((own, night) => night > at && own !== tone);
      const wide = round((next === -1 ? tones.length : next) - at - 0.08);
      return `M${at + 0.04} ${top}h${wide}V10h-${wide}z`;
    });
    return shapes.length > 0 && markup`<path class="${tone}" d="${shapes.join('')}" />`;
  });
  return stretched(tones.length, 10, markup`${paths}`);
};

const ticks = (plot: Extract<Plot, { kind: 'ticks' }>, n: number): readonly Html[] =>
  plot.ticks.map(
    ({ night, text }) =>
      markup`<svg x="${start(night, n)}" y="2" width="1" height="14" overflow="visible"><g><title>${text}</title><path d="M0 0l5 9h-10z" /></g></svg>`,
  );

const plotHtml = (plot: Plot, { days, breaks }: Nights): Html => {
  const n = days.length;
  const through = markup`${breaks.map((night) => markup`<line class="break" x1="${start(night, n)}" x2="${start(night, n)}" y1="0" y2="100%" />`)}`;
  switch (plot.kind) {
    case 'verdicts':
      return markup`<svg class="plot verdicts" role="group" aria-label="A bar for each night, oldest first; the table of nights has them in words">${verdicts(plot)}${through}</svg>`;
    case 'curves':
      return markup`<svg class="plot curves" role="img" aria-label="${plot.curves.map(({ title }) => title).join(' and ')}; the table of nights has the numbers">${through}${curves(plot, n)}</svg>`;
    case 'bars':
      return markup`<svg class="plot bars" aria-hidden="true">${bars(plot)}${through}</svg>`;
    case 'ticks':
      return markup`<svg class="plot ticks" aria-hidden="true">${ticks(plot, n)}</svg>`;
  }
};

/** The days under all rows. */
const axis = ({ days }: Nights): Html => {
  const n = days.length;
  const places = [...new Set([0, 1, 2, 3, 4].map((part) => Math.round((part / 4) * (n - 1))))];
  const at = (night: number): readonly [name: string, x: string] =>
    n > 1 && night === 0 ? ['first', '0'] : n > 1 && night === n - 1 ? ['last', '100%'] : ['between', middle(night, n)];
  return markup`<svg class="plot axis" aria-hidden="true">${places.map((night) => markup`<text class="${n === 1 ? '' : at(night)[0]}" x="${at(night)[1]}" y="13">${days[night] ?? ''}</text>`)}</svg>`;
};

/** Everything over the nights, on one axis. */
export const nightsHtml = (nights: Nights): Html => {
  const row = (name: Html, plot: Html, now: Html): Html =>
    markup`<div class="row"><div class="name">${name}</div>${plot}<div class="now">${now}</div></div>
`;
  return markup`<div class="rows">
${nights.rows.map(({ name, plot, now }) => (plot === null ? markup`<p class="head"><b>${lineHtml(name)}</b></p>\n` : row(lineHtml(name), plotHtml(plot, nights), lineHtml(now))))}${row(markup``, axis(nights), markup``)}</div>
`;
};
