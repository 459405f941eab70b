import type { Ratio } from '../../line.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

const width = 160;
const height = 34;

/** The interval of after ÷ before as a bar on a log axis, 1 in its middle, what is too small to matter shaded. */
export const ratioHtml = ({ text, value, low, high, confidence, end, least, tone }: Ratio): Html => {
  const inside = (factor: number): number => Math.min(end, Math.max(1 / end, factor));
  const x = (factor: number): number =>
    Math.round((width / 2) * (1 + Math.log(inside(factor)) / Math.log(end)) * 0.94 * 10 + width * 0.3) / 10;
  const beyond = high > end ? `M${x(end)} 9l6 4l-6 4` : low < 1 / end ? `M${x(1 / end)} 9l-6 4l6 4` : '';
  const what = `${text}, ${confidence * 100} % interval${least === null ? '' : `; the gate minds from × ${Number(least.toPrecision(3))}`}`;
  return markup`<svg class="ratio ${tone}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${what}"><title>${what}</title>${
    least !== null &&
    markup`<rect class="least" x="${x(1 / least)}" y="3" width="${Math.round((x(least) - x(1 / least)) * 10) / 10}" height="20" />`
  }<path class="axis" d="M${x(1 / end)} 23H${x(end)}M${x(1 / end)} 20v3M${x(end)} 20v3" /><path class="one" d="M${x(1)} 3v20" /><text x="${x(1 / end)}" y="33">${`1/${end}`}</text><text x="${x(1)}" y="33">1</text><text x="${x(end)}" y="33">${end}</text><path class="interval" d="M${x(low)} 13H${x(high)}M${x(low)} 9.5v7M${x(high)} 9.5v7${beyond}" /><circle cx="${x(value)}" cy="13" r="3.4" /></svg><div class="sub">${text}</div>`;
};
