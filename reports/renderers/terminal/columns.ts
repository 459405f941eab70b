import { unpainted } from './paint.ts';

/** Columns that a text takes; the harness's own texts hold no wide characters, and foreign ones only make a row ragged. */
export const width = (text: string): number => [...unpainted(text)].length;

/** A text without colours, cut to a number of columns; the cut is shown. */
export const cut = (text: string, columns: number): string =>
  width(text) <= columns ? text : `${[...text].slice(0, Math.max(0, columns - 1)).join('')}…`;

/** Rows aligned in columns two apart; `right` names the columns that hold numbers. */
export const align = (rows: readonly (readonly string[])[], right: readonly number[]): readonly string[] => {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, width(cell))), []);
  const pad = (cell: string, at: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - width(cell)));
    return right.includes(at) ? space + cell : cell + space;
  };
  return rows.map((row) => row.map(pad).join('  ').replace(/ +$/, ''));
};

/** A text broken into lines at spaces; the second line and those after it are indented. */
export const wrap = (text: string, columns: number, indent: string): readonly string[] => {
  const [first = '', ...words] = text.split(' ');
  const lines: string[] = [];
  let line = first;
  let taken = width(first);
  for (const word of words) {
    const more = width(word);
    if (taken + 1 + more <= columns) {
      line += ` ${word}`;
      taken += 1 + more;
    } else {
      lines.push(line);
      line = indent + word;
      taken = indent.length + more;
    }
  }
  return [...lines, line];
};
