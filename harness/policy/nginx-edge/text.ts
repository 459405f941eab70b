/** A line of nginx's configuration without its semicolon, a comment, an empty line, or a block of such. */
export type Line = string | Block;
export type Block = { readonly head: string; readonly lines: readonly Line[] };

export const block = (head: string, lines: readonly Line[]): Block => ({ head, lines });

/** The configuration as text. */
export const text = (lines: readonly Line[], depth = 0): string =>
  lines
    .map((line) => {
      const margin = '  '.repeat(depth);
      if (typeof line !== 'string') return `${margin}${line.head} {\n${text(line.lines, depth + 1)}${margin}}\n`;
      if (line === '') return '\n';
      return line.startsWith('#') ? `${margin}${line}\n` : `${margin}${line};\n`;
    })
    .join('');

/** A regular expression as nginx reads one: in quotes, for it holds braces; sensitive to case, or not. */
export const matching = (source: string, { anyCase = false } = {}): string => `"~${anyCase ? '*' : ''}${source}"`;

/** Text in which every character stands for itself in a regular expression. */
export const literal = (value: string): string => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
