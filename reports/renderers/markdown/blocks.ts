import type { Block, Diff, Item, Most, Section, Table } from '../../document.ts';
import { plainText } from '../../line.ts';
import type { Line } from '../../line.ts';
import { moreText, visibleLines } from '../../text/index.ts';
import { escape, escapeInTag } from './escape.ts';
import { lineMarkdown, signs } from './line.ts';

/** A table; a head that begins with `>` is that of a column of numbers. Cells are Markdown already. */
export const tableOf = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map((head) => (head.startsWith('>') ? '--:' : '---')), ...rows]
    .map((cells, at) => `| ${cells.map((cell) => (at === 0 ? cell.replace(/^>/, '') : cell)).join(' | ')} |`)
    .join('\n');

/** A text as a block of code whose fence is longer than any run of backticks in it. */
const fenced = (text: string, language = 'text'): string => {
  const plain = visibleLines(text);
  const fence = '`'.repeat(Math.max(2, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return `${fence}${language}\n${plain}\n${fence}`;
};

const folded = (summary: Line, content: string): string =>
  `<details><summary>${escapeInTag(plainText(summary))}</summary>\n\n${content}\n\n</details>`;

const itemMarkdown = ({ line, tone, under = [], more = [] }: Item): string =>
  `- ${tone === undefined ? '' : `${signs[tone]} `}${[line, ...under, ...more].map(lineMarkdown).join('. ')}`;

/** How many are left out; nothing where all are shown. */
const left = (all: number, shown: number, rest: string): readonly string[] =>
  all > shown ? [escape(moreText(all - shown, rest))] : [];

const asSentence = (text: string): string => `${text.replace(/^a/, 'A')}.`;

/** Of each group as many rows as are read; the rest is counted. */
const tableMarkdown = ({ columns, rows, most, rest = '', caption }: Table): string => {
  const groups = [...Map.groupBy(rows, ({ group }) => group)].map(([group, own]) => {
    const shown = own.slice(0, most?.markdown);
    return { shown, left: left(own.length, shown.length, group ?? rest) };
  });
  const shown = groups.flatMap((group) => group.shown);
  return [
    ...(caption === undefined ? [] : [escape(caption)]),
    tableOf(
      columns.map(({ head, numeric }) => `${numeric === true ? '>' : ''}${lineMarkdown(head)}`),
      shown.map(({ cells }) => cells.map(lineMarkdown)),
    ),
    ...shown.flatMap(({ beneath, details }) =>
      [beneath, details].flatMap((blocks) => (blocks === undefined ? [] : [blocksMarkdown(blocks, 3)])),
    ),
    ...groups.flatMap((group) => group.left).map(asSentence),
  ].join('\n\n');
};

const diffMarkdown = ({ file, text, cut }: Diff, most: Most | undefined, fold: boolean): string => {
  const all = text.split(/\r?\n/);
  const shown = all.slice(0, most?.markdown);
  const begins = cut || shown.length < all.length ? ' (the beginning)' : '';
  const body = fenced(shown.join('\n'), 'diff');
  return fold ? folded(`${file}${begins}`, body) : `${escape(`${file}${begins}`)}\n\n${body}`;
};

const diffsMarkdown = ({ diffs, lines, fold, most, rest }: Extract<Block, { kind: 'diffs' }>): string => {
  const shown = diffs.slice(0, most?.markdown);
  return [
    ...shown.map((diff) => diffMarkdown(diff, lines, fold === true)),
    ...left(diffs.length, shown.length, rest ?? 'files').map(asSentence),
  ].join('\n\n');
};

const sectionMarkdown = ({ title, fold, blocks }: Section, level: number): string => {
  const inner = blocksMarkdown(blocks, level + 1);
  return fold === true
    ? folded(title, inner)
    : [`${'#'.repeat(Math.min(level, 6))} ${lineMarkdown(title)}`, inner].filter((part) => part !== '').join('\n\n');
};

const blockMarkdown = (block: Block, level: number): string => {
  switch (block.kind) {
    case 'text':
      return lineMarkdown(block.line);
    case 'list': {
      const shown = block.items.slice(0, block.most?.markdown);
      const rest = left(block.items.length, shown.length, block.rest ?? '').map((text) => `- ${text}`);
      return [...shown.map(itemMarkdown), ...rest].join('\n');
    }
    case 'facts':
      return block.facts.map(([name, value]) => `- ${escape(name)}: ${lineMarkdown(value)}`).join('\n');
    case 'table':
      return tableMarkdown(block);
    case 'code':
      return [...(block.caption === undefined ? [] : [escape(block.caption)]), fenced(block.text)].join('\n\n');
    case 'diffs':
      return diffsMarkdown(block);
    case 'chart':
      return lineMarkdown(block.caption);
    case 'nights':
      return tableOf(
        ['', 'Newest'],
        block.rows.map(({ name, now }) => [lineMarkdown(name), lineMarkdown(now)]),
      );
    case 'section':
      return sectionMarkdown(block, level);
    case 'columns':
      return blocksMarkdown(block.columns.flat(), level);
  }
};

/** Blocks of Markdown, headings from that level on. */
export const blocksMarkdown = (blocks: readonly Block[], level = 3): string =>
  blocks
    .map((block) => blockMarkdown(block, level))
    .filter((part) => part !== '')
    .join('\n\n');
