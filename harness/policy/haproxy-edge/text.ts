/** A section of the configuration: its head, then its lines, indented. A line that begins with `#` is a comment. */
export const section = (head: string, lines: readonly string[]): readonly string[] => [
  head,
  ...lines.map((line) => (line === '' ? '' : `    ${line}`)),
];

/**
 * One word of a line (HAProxy 3.0 configuration manual, section 2.2): plain where nothing in it means anything, otherwise in strong
 * quotes, in which nothing does; a quote itself stands escaped outside of them.
 */
export const word = (value: string): string =>
  /^[A-Za-z0-9_.:/@+=~-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;

/**
 * A regular expression (PCRE) that the whole of a value must match, as a word. `\z`, since `$` would also match before a line feed
 * at the end, and a claim may hold one.
 */
export const whole = (expression: string): string => word(`^(?:${expression})\\z`);

/** The literal text, as a regular expression. */
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
