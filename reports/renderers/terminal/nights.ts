import type { Nights, Plot } from '../../drawing.ts';
import { align } from './columns.ts';
import { lineText } from './line.ts';
import { looks } from './paint.ts';
import type { Paint } from './paint.ts';

const blocks = '▁▂▃▄▅▆▇█';

/** A value for each night as a block of one of eight heights, from the least to the most that is shown; `·` where none. */
const sparkline = (values: readonly (number | null)[], log: boolean): string => {
  const of = (value: number): number => (log && value > 0 ? Math.log(value) : value);
  const known = values.filter((value) => value !== null).map(of);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return values
    .map((value) =>
      value === null ? '·' : (blocks[high === low ? 3 : Math.round(((of(value) - low) / (high - low)) * 7)] ?? '·'),
    )
    .join('');
};

const plotText = (plot: Plot | null, room: number, paint: Paint): string => {
  switch (plot?.kind) {
    case 'verdicts':
      return plot.nights
        .slice(-room)
        .map(({ tone }) => paint(looks[tone].sign, looks[tone].style))
        .join('');
    case 'bars':
      return plot.tones
        .slice(-room)
        .map((tone) => (tone === null ? '·' : paint(looks[tone].sign, looks[tone].style)))
        .join('');
    case 'curves':
      return sparkline(plot.curves.at(-1)?.values.slice(-room) ?? [], plot.log);
    default:
      return '';
  }
};

/** A line for each row: as many of the last nights as there is room for. */
export const nightsLines = ({ rows }: Nights, paint: Paint, columns: number): readonly string[] => {
  const room = Math.max(8, Math.min(60, columns - 60));
  return align(
    rows.map(({ name, plot, now }) => [lineText(name, paint), plotText(plot, room, paint), lineText(now, paint)]),
    [],
  );
};
