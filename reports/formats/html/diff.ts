import { lines, markup } from './markup.ts';
import type { Html } from './markup.ts';

const lineClass = (line: string): string =>
  /^(\+\+\+|---|@@)/.test(line) ? 'quiet' : line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : '';

/** A unified diff; what was added and removed stands out by its sign and by colour. */
export const diffBlock = (diff: string): Html =>
  markup`<pre tabindex="0">${diff.split(/\r?\n/).map((line, at) => markup`${at > 0 && lines('\n')}<span class="${lineClass(line)}">${lines(line)}</span>`)}</pre>`;
