import type { ComparisonLine, Gate } from '../../../harness/model/index.ts';
import { markup } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import { ratioText } from '../text.ts';
import { judgementTone } from './judgement.ts';

const width = 160;
const height = 34;
/** Ends of the axis are rounded to one of these; beyond the last an arrow says that it goes on. */
const ends = [2, 4, 10, 30, 100];

/** The factor at both ends of the axis that all lines of a comparison share, so that their bars can be compared by eye. */
export const axisEnd = (lines: readonly ComparisonLine[]): number => {
  const furthest = Math.max(
    1,
    ...lines.flatMap(({ ratio }) =>
      ratio === null ? [] : [ratio.value, ratio.low, ratio.high].map((each) => Math.exp(Math.abs(Math.log(each)))),
    ),
  );
  return ends.find((end) => furthest <= end) ?? ends.at(-1) ?? 100;
};

/** The least factor that the gate cares for on this line, be it up or down; null where it is no matter of a factor. */
export const leastFactor = (line: ComparisonLine, least: Gate['least']): number | null => {
  if (line.ratio === null) return null;
  if (line.unit === '1/s') return least.capacityRatio;
  if (line.unit !== 'ms' || typeof line.before?.value !== 'number' || line.before.value <= 0) return null;
  // A latency must differ by a factor and by a time: whichever is more decides.
  return line.id.startsWith('floor')
    ? 1 + least.floorMs / line.before.value
    : Math.max(least.latencyRatio, 1 + least.latencyMs / line.before.value);
};

/** The interval of after ÷ before as a bar on a log axis, 1 in its middle, what is too small to matter shaded. */
export const ratioBar = (line: ComparisonLine, end: number, least: Gate['least']): Html => {
  const { ratio } = line;
  if (ratio === null) return markup`<span class="none">–</span>`;
  const inside = (value: number): number => Math.min(end, Math.max(1 / end, value));
  const x = (value: number): number =>
    Math.round((width / 2) * (1 + Math.log(inside(value)) / Math.log(end)) * 0.94 * 10 + width * 0.3) / 10;
  const factor = leastFactor(line, least);
  const beyond = ratio.high > end ? `M${x(end)} 9l6 4l-6 4` : ratio.low < 1 / end ? `M${x(1 / end)} 9l-6 4l6 4` : '';
  const what = `${ratioText(line)}, ${ratio.confidence * 100} % interval${factor === null ? '' : `; the gate minds from × ${Number(factor.toPrecision(3))}`}`;
  return markup`<svg class="ratio ${judgementTone(line)}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${what}"><title>${what}</title>${
    factor !== null &&
    markup`<rect class="least" x="${x(1 / factor)}" y="3" width="${Math.round((x(factor) - x(1 / factor)) * 10) / 10}" height="20" />`
  }<path class="axis" d="M${x(1 / end)} 23H${x(end)}M${x(1 / end)} 20v3M${x(end)} 20v3" /><path class="one" d="M${x(1)} 3v20" /><text x="${x(1 / end)}" y="33">${`1/${end}`}</text><text x="${x(1)}" y="33">1</text><text x="${x(end)}" y="33">${end}</text><path class="interval" d="M${x(ratio.low)} 13H${x(ratio.high)}M${x(ratio.low)} 9.5v7M${x(ratio.high)} 9.5v7" />${beyond !== '' && markup`<path class="interval" d="${beyond}" />`}<circle cx="${x(ratio.value)}" cy="13" r="3.4" /></svg>`;
};
