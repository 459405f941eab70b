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
export const wrap = (text: string, columns: number, indent: string): readonly string[] =>
  text.split(' ').reduce<string[]>((done, word) => {
    const last = done.at(-1);
    if (last === undefined) return [word];
    return width(`${last} ${word}`) <= columns ? [...done.slice(0, -1), `${last} ${word}`] : [...done, indent + word];
  }, []);
