import type { Line, Mark, Piece } from '../../line.ts';
import { visible } from '../../text/index.ts';
import { looks } from './paint.ts';
import type { Paint, Style } from './paint.ts';

const styles: Readonly<Record<Mark, readonly Style[]>> = {
  strong: ['bold'],
  quiet: ['dim'],
  hot: ['red', 'bold'],
  warm: ['yellow'],
  code: [],
};

const pieceText = (piece: Piece, paint: Paint): string => {
  switch (piece.kind) {
    case 'mark':
      return paint(visible(piece.text), ...styles[piece.as]);
    case 'badge': {
      const { sign, style } = looks[piece.tone];
      return paint(piece.bare === true ? sign : `${sign} ${visible(piece.text)}`, style);
    }
    case 'chip':
      return piece.tone === 'calm' ? visible(piece.text) : paint(visible(piece.text), looks[piece.tone].style);
    case 'link':
      return lineText(piece.line, paint);
    case 'lines':
      return piece.lines.map((each) => lineText(each, paint)).join('; ');
    case 'sub':
      return ` (${lineText(piece.line, paint)})`;
    case 'ratio':
      return visible(piece.text);
  }
};

/** A line as text, in which nothing acts on the screen but the colours. */
export const lineText = (line: Line, paint: Paint): string => {
  if (typeof line === 'string') return visible(line);
  return 'kind' in line ? pieceText(line, paint) : line.map((each) => lineText(each, paint)).join('');
};
