/**
 * A sentence that an author wrote, on one line of Markdown: its code spans stay, and nothing in it is taken for markup of HTML.
 * For text of this repository's own files; what was seen on the wire goes into fenced blocks.
 */
export const prose = (text: string): string =>
  text
    .trim()
    .replaceAll(/\s+/g, ' ')
    .split(/(`[^`]+`)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll('&', '&amp;').replaceAll('<', '&lt;')))
    .join('');

/** The same as the cell of a table. */
export const cell = (text: string): string => prose(text).replaceAll('|', '\\|');

/** A fenced block, whose fence is longer than any in it. */
export const block = (text: string): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
};

/** The anchor that GitHub gives a heading of plain words. */
export const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
