import { text } from '../../document.ts';
import type { Block, Document } from '../../document.ts';
import { visible } from '../../text/index.ts';
import { blockLines, isBeside } from './blocks.ts';
import type { Reader } from './blocks.ts';
import { width, wrap } from './columns.ts';
import { looks, painter } from './paint.ts';

export type TerminalOptions = { readonly colour: boolean; readonly columns: number; readonly verbose: boolean };

/** Sections beside whose names their content stands, all at the same column. */
const labelOf = (block: Block): string | null =>
  block.kind === 'section' && block.fold !== true && typeof block.title === 'string' && block.blocks.every(isBeside)
    ? visible(block.title).toLowerCase()
    : null;

/** Blocks from the edge of the screen: what has no room beside a name stands apart, between empty lines. */
export const terminalBlocks = (blocks: readonly Block[], reader: Reader): readonly string[] => {
  const { paint, columns } = reader;
  const room = 2 + Math.max('why'.length, ...blocks.map((block) => labelOf(block)?.length ?? 0));
  const beside = (block: Block, label: string): readonly string[] =>
    (block.kind === 'section' ? block.blocks : [block])
      .flatMap((each) => blockLines(each, { ...reader, columns: columns - room }))
      .map((line, at) => (at === 0 ? paint(label.padEnd(room), 'dim') : ' '.repeat(room)) + line);
  return blocks.flatMap((block, at) => {
    const label = labelOf(block);
    if (label !== null) return beside(block, label);
    const next = blocks[at + 1];
    return ['', ...blockLines(block, reader), ...(next === undefined || labelOf(next) === null ? [] : [''])];
  });
};

/** A document for somebody in a hurry: the verdict, why, and its blocks. Nothing in it acts on the screen but colours. */
export const terminal = (document: Document, { colour, columns, verbose }: TerminalOptions): string => {
  const paint = painter(colour);
  const { verdict, why, blocks } = document;
  const { sign, style } = looks[verdict.tone];
  const score = verdict.score && `${paint(visible(verdict.score.letter), 'bold')} ${verdict.score.value}/100  `;
  const head = `${paint(`${sign} ${visible(verdict.word)}`, style, 'bold')}  ${score ?? ''}${visible(verdict.about)}`;
  const says = why.some((block) => block.kind !== 'list' || block.items.length > 0);
  const reasons: readonly Block[] = says ? why : verdict.means === undefined ? [] : [text(verdict.means)];
  const reason: Block = { kind: 'section', title: 'Why', blocks: reasons };
  const lines = [
    ...wrap(head, columns, '  '),
    ...terminalBlocks([...(reasons.length === 0 ? [] : [reason]), ...blocks], { paint, columns, verbose }),
  ];
  // A word that is longer than the line stays whole; anything else is broken.
  return `${lines.flatMap((line) => (width(line) <= columns ? [line] : wrap(line, columns, '  '))).join('\n')}\n`;
};

/** The parts of it that other tables in a terminal are made of. */
export { align } from './columns.ts';
export { painter } from './paint.ts';
