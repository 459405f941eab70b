import type { Block, Document } from '../../document.ts';
import { blockHtml, factsHtml } from './blocks.ts';
import { markup, slug } from './markup.ts';
import type { Html } from './markup.ts';
import { shell } from './shell.ts';
import type { Asset } from './shell.ts';
import { sign } from './signs.ts';

/** What pages inline: name → path from `reports`, or inside a package. */
export const pageAssets = {
  uplotStyle: 'uplot/dist/uPlot.min.css',
  style: './renderers/html/style.css',
  uplot: 'uplot/dist/uPlot.iife.min.js',
  chart: './renderers/html/chart.js',
  open: './renderers/html/open.js',
} as const;

type Name = keyof typeof pageAssets;

/** Assets by their names, in order. Throws where the caller did not give one. */
const needAssets = (assets: Readonly<Record<string, Asset>>, names: readonly Name[]): readonly Asset[] =>
  names.map((name) => {
    const asset = assets[name];
    if (asset === undefined) throw new Error(`the caller did not give the asset ${name}`);
    return asset;
  });

/** The blocks within a block. */
const within = (block: Block): readonly Block[] => {
  switch (block.kind) {
    case 'section':
      return block.blocks;
    case 'columns':
      return block.columns.flat();
    case 'table':
      return block.rows.flatMap(({ beneath = [], details = [] }) => [...beneath, ...details]);
    default:
      return [];
  }
};

const holds = (blocks: readonly Block[], what: (block: Block) => boolean): boolean =>
  blocks.some((block) => what(block) || holds(within(block), what));

/** Only what the document needs: a library for charts where it has one, and a script that opens rows where there are some. */
const needed = ({ why, blocks }: Document): { styles: Name[]; scripts: Name[] } => {
  const all = [...why, ...blocks];
  const charts = holds(all, ({ kind }) => kind === 'chart');
  const opens = holds(
    all,
    (block) => block.kind === 'table' && block.rows.some(({ details }) => details !== undefined),
  );
  return {
    styles: [...(charts ? (['uplotStyle'] as const) : []), 'style'],
    scripts: [...(charts ? (['uplot', 'chart'] as const) : []), ...(opens ? (['open'] as const) : [])],
  };
};

const scoreHtml = ({ score }: Document['verdict']): Html | false =>
  score !== undefined &&
  markup`<p class="score"><span class="quiet">score</span> <b>${score.letter}</b> <span>${score.value}<span class="quiet"> / 100</span></span></p>`;

const navigation = (blocks: readonly Block[]): Html | false => {
  const links = blocks.flatMap((block) => {
    if (block.kind !== 'section' || block.id === undefined) return [];
    const name = block.nav ?? (typeof block.title === 'string' ? block.title : block.id);
    const many = block.count !== undefined && markup` <b>${block.count}</b>`;
    return [markup`<a href="#${slug(block.id)}">${name}${many}</a> `];
  });
  return links.length > 1 && markup`<nav aria-label="Sections">${links}</nav>`;
};

/** A document as one page that needs nothing else. Everything but a chart is readable without JavaScript. */
export const htmlPage = (document: Document, assets: Readonly<Record<string, Asset>>): string => {
  const { title, name, harness, verdict, why, facts, blocks } = document;
  const { styles, scripts } = needed(document);
  return shell({
    title,
    styles: needAssets(assets, styles),
    scripts: needAssets(assets, scripts),
    body: markup`<a class="skip" href="#main">Skip to the sections</a>
<header>
<p class="brand"><b>Holdfast</b> <span>${name}, Holdfast ${harness}</span></p>
<div class="verdict ${verdict.tone}">
<h1>${sign(verdict.tone)}<span>${verdict.word}</span></h1>
<div class="why">
${
  verdict.means !== undefined &&
  markup`<p><b>${verdict.means}</b></p>
`
}${why.map((block) => blockHtml(block))}</div>
${scoreHtml(verdict)}
</div>
${facts.length > 0 && factsHtml(facts)}
${navigation(blocks)}
</header>
<main id="main">
${blocks.map((block) => blockHtml(block))}</main>`,
  }).text;
};
