import type { Line, Mark, Piece } from '../../line.ts';
import { addressOf } from '../../text/index.ts';
import { markup, slug } from './markup.ts';
import type { Html } from './markup.ts';
import { ratioHtml } from './ratio.ts';
import { sign } from './signs.ts';

const marks: Readonly<Record<Mark, (text: Html) => Html>> = {
  strong: (text) => markup`<b>${text}</b>`,
  quiet: (text) => markup`<span class="quiet">${text}</span>`,
  hot: (text) => markup`<span class="hot">${text}</span>`,
  warm: (text) => markup`<span class="warm">${text}</span>`,
  code: (text) => markup`<code>${text}</code>`,
};

const pieceHtml = (piece: Piece): Html => {
  switch (piece.kind) {
    case 'mark':
      return marks[piece.as](markup`${piece.text}`);
    case 'badge': {
      const word = piece.bare === true ? markup`<span class="hidden">${piece.text}</span>` : markup`${piece.text}`;
      return markup`<span class="badge ${piece.tone}">${sign(piece.tone)}${word}</span>`;
    }
    case 'chip': {
      const title = piece.title !== undefined && markup` title="${piece.title}"`;
      const word = piece.tone === 'unsure' && markup`<span class="hidden"> unknown</span>`;
      return piece.to === undefined
        ? markup`<span class="chip ${piece.tone}"${title}>${piece.text}${word}</span>`
        : markup`<a class="chip ${piece.tone}" href="#${slug(piece.to)}"${title}>${piece.text}${word}</a>`;
    }
    case 'link':
      return piece.to === undefined
        ? markup`<a href="${addressOf(piece.href ?? '')}">${lineHtml(piece.line)}</a>`
        : markup`<a href="#${slug(piece.to)}">${lineHtml(piece.line)}</a>`;
    case 'lines':
      return markup`${piece.lines.map((each) => markup`<div>${lineHtml(each)}</div>`)}`;
    case 'sub':
      return markup`<div class="sub">${lineHtml(piece.line)}</div>`;
    case 'ratio':
      return ratioHtml(piece);
  }
};

/** A line as markup: every text in it is escaped. */
export const lineHtml = (line: Line): Html => {
  if (typeof line === 'string') return markup`${line}`;
  return 'kind' in line ? pieceHtml(line) : markup`${line.map(lineHtml)}`;
};
