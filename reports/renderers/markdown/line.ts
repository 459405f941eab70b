import type { Line, Mark, Piece, Tone } from '../../line.ts';
import { addressOf, count } from '../../text/index.ts';
import { code, escape } from './escape.ts';

/** The sign of a tone, which tells it without colour. */
export const signs: Readonly<Record<Tone, string>> = { good: '✅', bad: '❌', unsure: '❔', void: '🚫', calm: '➖' };

/** A comment on a pull request has room for 65,536 characters: of a text that is longer than anybody reads the start is shown. */
const longest = 500;
const short = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest)}… (${count(text.length)} characters)`;

const bold = (text: string): string => (text === '' ? '' : `**${escape(short(text))}**`);
const marks: Readonly<Record<Mark, (text: string) => string>> = {
  strong: bold,
  hot: bold,
  warm: (text) => escape(short(text)),
  quiet: (text) => escape(short(text)),
  code: (text) => code(short(text)),
};

/** A link within the page is none here: headings have other anchors, or none. */
const linkText = ({ line, href }: Extract<Piece, { kind: 'link' }>): string => {
  const text = lineMarkdown(line);
  return href === undefined ? text : `[${text}](${addressOf(href)})`;
};

const pieceMarkdown = (piece: Piece): string => {
  switch (piece.kind) {
    case 'mark':
      return marks[piece.as](piece.text);
    case 'badge':
      return `${signs[piece.tone]} ${escape(short(piece.text))}`;
    case 'chip':
      return piece.tone === 'bad' ? bold(piece.text) : escape(short(piece.text));
    case 'link':
      return linkText(piece);
    case 'lines':
      return piece.lines.map(lineMarkdown).join('; ');
    case 'sub':
      return ` (${lineMarkdown(piece.line)})`;
    case 'ratio':
      return escape(piece.text);
  }
};

/** A line as one of Markdown, fit for the cell of a table: every text is made harmless. */
export const lineMarkdown = (line: Line): string => {
  if (typeof line === 'string') return escape(short(line));
  return 'kind' in line ? pieceMarkdown(line) : line.map(lineMarkdown).join('');
};
