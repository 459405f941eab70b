import type { Block, Diff, Fact, Item, Section } from '../../document.ts';
import { chartHtml } from './chart.ts';
import { lineHtml } from './line.ts';
import { lines, markup, slug } from './markup.ts';
import type { Html } from './markup.ts';
import { nightsHtml } from './nights.ts';
import { sign } from './signs.ts';
import { tableHtml } from './table.ts';

/** Names and values. */
export const factsHtml = (facts: readonly Fact[], long = false): Html =>
  markup`<dl class="facts${long && ' long'}">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${lineHtml(value)}</dd></div>`)}</dl>`;

const itemHtml = ({ line, tone, under = [], more = [] }: Item): Html =>
  markup`<li>${tone !== undefined && markup`<span class="${tone}">${sign(tone)}</span> `}${lineHtml(line)}${[...under, ...more].map((each) => markup`<div class="sub">${lineHtml(each)}</div>`)}</li>`;

const lineClass = (line: string): string =>
  /^(\+\+\+|---|@@)/.test(line) ? 'quiet' : line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : '';

/** What was added and removed stands out by its sign and by colour. */
const diffHtml = ({ file, text, cut }: Diff, fold: boolean): Html => {
  const all = text.split(/\r?\n/);
  const size = (sign: '+' | '-'): number =>
    all.filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3))).length;
  const head = markup`<code>${file}</code> <span class="quiet">+${size('+')} −${size('-')}${cut && ', the start of it'}</span>`;
  const body = markup`<pre class="diff" tabindex="0">${all.map((line, at) => markup`${at > 0 && lines('\n')}<span class="${lineClass(line)}">${line}</span>`)}</pre>`;
  return fold
    ? markup`<details class="block"><summary>${head}</summary>${body}</details>`
    : markup`<figure><figcaption>${head}</figcaption>${body}</figure>`;
};

const sectionHtml = ({ title, id, fold, card, blocks }: Section, depth: number): Html => {
  const own = id !== undefined && markup` id="${slug(id)}"`;
  const inner = blocks.map((block) => blockHtml(block, depth + 1));
  if (fold === true)
    return markup`<details class="block"><summary>${lineHtml(title)}</summary><div${own}>${inner}</div></details>
`;
  const level = Math.min(depth + 2, 6);
  const head = markup`<h${level}>${lineHtml(title)}</h${level}>`;
  return card === undefined
    ? markup`<section${own}>
${head}
${inner}</section>
`
    : markup`<article class="card ${card}"${own}>
${head}
${inner}</article>
`;
};

/** A block, `depth` sections deep. */
export const blockHtml = (block: Block, depth = 0): Html => {
  const inner = (blocks: readonly Block[]): readonly Html[] => blocks.map((each) => blockHtml(each, depth));
  switch (block.kind) {
    case 'text':
      return markup`<p${block.note === true && markup` class="note"`}>${lineHtml(block.line)}</p>
`;
    case 'list':
      return markup`<ul>${block.items.map(itemHtml)}</ul>
`;
    case 'facts':
      return markup`${factsHtml(block.facts, block.long === true)}
`;
    case 'table':
      return markup`${tableHtml(block, inner)}
`;
    case 'code':
      return markup`<figure>${block.caption !== undefined && markup`<figcaption>${block.caption}</figcaption>`}<pre tabindex="0">${lines(block.text)}</pre></figure>
`;
    case 'diffs':
      return markup`${block.diffs.map((diff) => diffHtml(diff, block.fold === true))}`;
    case 'chart':
      return chartHtml(block);
    case 'nights':
      return nightsHtml(block);
    case 'section':
      return sectionHtml(block, depth);
    case 'columns':
      return markup`<div class="columns">${block.columns.map((column) => markup`<div>${inner(column)}</div>`)}</div>
`;
  }
};
