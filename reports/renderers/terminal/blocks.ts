import type { Block, Diff, Item, Most, Section, Table } from '../../document.ts';
import { moreText, visible, visibleLines } from '../../text/index.ts';
import { cut, wrap } from './columns.ts';
import { lineText } from './line.ts';
import { nightsLines } from './nights.ts';
import { looks } from './paint.ts';
import type { Paint } from './paint.ts';
import { tableLines } from './table.ts';

/** How much is shown, and how. `verbose`: what is folded as well. */
export type Reader = { readonly paint: Paint; readonly columns: number; readonly verbose: boolean };

const itemLines = ({ line, tone, under = [] }: Item, { paint, columns }: Reader): readonly string[] => {
  const sign = tone === undefined ? '' : `${paint(looks[tone].sign, looks[tone].style)} `;
  return [
    ...wrap(sign + lineText(line, paint), columns, '  '),
    ...under.flatMap((each) => wrap(lineText(each, paint), columns - 2, '').map((text) => `  ${text}`)),
  ];
};

const itemsLines = (
  { items, most, rest }: { readonly items: readonly Item[]; readonly most?: number; readonly rest?: string },
  reader: Reader,
): readonly string[] => {
  const shown = most === undefined || reader.verbose ? items : items.slice(0, most);
  const left = items.length - shown.length;
  return [...shown.flatMap((item) => itemLines(item, reader)), ...(left > 0 ? [visible(moreText(left, rest))] : [])];
};

/** Rows as entries of lists, group by group, so that many of one do not hide the few of another. */
const saidLines = ({ rows, most }: Table, reader: Reader): readonly string[] =>
  [...Map.groupBy(rows, ({ group }) => group)].flatMap(([group, own]) =>
    itemsLines(
      {
        items: own.map(({ said, cells }) => said ?? { line: cells }),
        ...(most !== undefined && { most: most.terminal }),
        ...(group !== undefined && { rest: group }),
      },
      reader,
    ),
  );

/** What changed in a file, without the lines around it. */
const diffLines = ({ file, text }: Diff, { paint, columns }: Reader, most: Most | undefined): readonly string[] => {
  const changed = text.split(/\r?\n/).filter((line) => /^[-+](?!--|\+\+) *[^ ]/.test(line));
  const shown = changed.slice(0, most?.terminal);
  const left = changed.length - shown.length;
  return [
    paint(visible(file), 'bold'),
    ...shown.map((line) => paint(cut(`  ${visible(line)}`, columns), line.startsWith('+') ? 'green' : 'red')),
    ...(left > 0 ? [`  ${moreText(left, 'lines that differ')}`] : []),
  ];
};

const diffsLines = (
  { diffs, lines, most, rest }: Extract<Block, { kind: 'diffs' }>,
  reader: Reader,
): readonly string[] => {
  const shown = diffs.slice(0, most?.terminal);
  const left = diffs.length - shown.length;
  return [
    ...shown.flatMap((diff) => diffLines(diff, reader, lines)),
    ...(left > 0 ? [visible(moreText(left, rest ?? 'files'))] : []),
  ];
};

const isFold = (block: Block): boolean => block.kind === 'section' && block.fold === true;

/** A section under its heading, or one that is folded in a line. */
const sectionLines = ({ title, fold, blocks }: Section, reader: Reader): readonly string[] => {
  const { paint, columns, verbose } = reader;
  if (fold === true && !verbose) return wrap(`${lineText(title, paint)} (--verbose lists them)`, columns, '');
  const head = lineText(typeof title === 'string' ? { kind: 'mark', as: 'strong', text: title } : title, paint);
  const inner = { ...reader, columns: columns - 2 };
  return [
    ...wrap(head, columns, '  '),
    ...blocks.flatMap((block) => blockLines(block, inner)).map((line) => (line === '' ? '' : `  ${line}`)),
  ];
};

/** A block as lines that fit. */
export const blockLines = (block: Block, reader: Reader): readonly string[] => {
  const { paint, columns } = reader;
  switch (block.kind) {
    case 'text':
      return wrap(lineText(block.line, paint), columns, '');
    case 'list':
      return itemsLines(
        {
          items: block.items,
          ...(block.most !== undefined && { most: block.most.terminal }),
          ...(block.rest !== undefined && { rest: block.rest }),
        },
        reader,
      );
    case 'facts':
      return block.facts.flatMap(([name, value]) => wrap(`${visible(name)}: ${lineText(value, paint)}`, columns, '  '));
    case 'table':
      if (block.short !== undefined) return wrap(lineText(block.short, paint), columns, '  ');
      return block.rows.some(({ said }) => said !== undefined)
        ? saidLines(block, reader)
        : tableLines(block, paint, columns);
    case 'code':
      return visibleLines(block.text)
        .split('\n')
        .map((line) => cut(line, columns));
    case 'diffs':
      return diffsLines(block, reader);
    case 'chart':
      return wrap(lineText(block.caption, paint), columns, '');
    case 'nights':
      return nightsLines(block, paint, columns);
    case 'section':
      return sectionLines(block, reader);
    case 'columns':
      return block.columns.flat().flatMap((each) => blockLines(each, reader));
  }
};

/** Can it stand beside the name of its section? */
export const isBeside = (block: Block): boolean =>
  block.kind === 'table'
    ? block.short !== undefined || block.rows.some(({ said }) => said !== undefined)
    : !['nights', 'columns', 'code', 'section'].includes(block.kind) || isFold(block);
