const signs: Readonly<Record<string, string>> = {
  HOLDS: '✅',
  pass: '✅',
  BROKEN: '❌',
  fail: '❌',
  UNKNOWN: '❔',
  unknown: '❔',
  INVALID: '🚫',
};

/** The sign of a verdict, which tells it without colour. */
export const signOf = (verdict: string): string => signs[verdict] ?? '❔';

/** A table; a head that begins with `>` is that of a column of numbers. Cells are Markdown already. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map((head) => (head.startsWith('>') ? '--:' : '---')), ...rows]
    .map((cells, at) => `| ${cells.map((cell) => (at === 0 ? cell.replace(/^>/, '') : cell)).join(' | ')} |`)
    .join('\n');
