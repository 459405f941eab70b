import type { Column, Row, Table } from '../../document.ts';
import type { Line } from '../../line.ts';
import { count, moreText, visible } from '../../text/index.ts';
import { align, cut, width } from './columns.ts';
import { lineText } from './line.ts';
import type { Paint } from './paint.ts';

/** A second line has no room in a table. */
const withoutSubs = (line: Line): Line => {
  if (typeof line === 'string') return line;
  if ('kind' in line) return line.kind === 'sub' ? '' : line;
  return line.map(withoutSubs);
};

const lay = (columns: readonly Column[], rows: readonly Row[], at: readonly number[], paint: Paint, room: number) => {
  const shown = at.map((index) => columns[index]!);
  const plain: Paint = (text) => text;
  const cells = [
    shown.map(({ head }) => paint(lineText(head, plain).toLowerCase(), 'dim')),
    ...rows.map((row) => at.map((index) => lineText(withoutSubs(row.cells[index] ?? ''), paint))),
  ];
  const right = shown.flatMap(({ numeric }, index) => (numeric === true ? [index] : []));
  const cuttable = shown.findIndex(({ cuts }) => cuts === true);
  if (cuttable === -1) return align(cells, right);
  const others = Math.max(
    ...align(
      cells.map((row) => row.filter((_, index) => index !== cuttable)),
      [],
    ).map(width),
  );
  // A text that is cut has no colours, for a cut might fall within one.
  const texts = rows.map((row) => lineText(withoutSubs(row.cells[at[cuttable]!] ?? ''), plain));
  const most = Math.max(16, room - others - 2);
  return align(
    cells.map((row, line) =>
      row.map((cell, index) => (index === cuttable && line > 0 ? cut(texts[line - 1] ?? '', most) : cell)),
    ),
    right,
  );
};

/** The rows of a table as lines, without the columns for which there is no room. */
export const tableLines = (
  { columns, rows, most, rest, calm }: Table,
  paint: Paint,
  room: number,
): readonly string[] => {
  const fits = most === undefined || rows.length <= most.terminal;
  const loud = fits ? rows : rows.filter((row) => row.calm !== true);
  const shown = fits ? rows : loud.slice(0, most.terminal);
  const highest = Math.max(0, ...columns.map(({ drops = 0 }) => drops));
  let lines: readonly string[] = [];
  for (let gone = 0; gone <= highest; gone++) {
    const left = columns.flatMap(({ drops }, index) => (drops === undefined || drops > gone ? [index] : []));
    lines = lay(columns, shown, left, paint, room);
    if (lines.every((line) => width(line) <= room)) break;
  }
  return [
    ...(shown.length === 0 ? [] : lines),
    ...(loud.length < rows.length ? [visible(`${count(rows.length - loud.length)} ${calm ?? 'more'}`)] : []),
    ...(shown.length < loud.length ? [visible(moreText(loud.length - shown.length, rest))] : []),
  ];
};
