import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';
import t from 'tap';
import { quietComparison, unlikeComparison, worseComparison } from '../../../reports/comparison/sample.ts';
import type { Document } from '../../../reports/document.ts';
import { comparisonBrief, comparisonPage } from '../../../reports/documents/comparison/index.ts';
import { matrixBrief, matrixPage } from '../../../reports/documents/matrix/index.ts';
import { reportBrief, reportPage } from '../../../reports/documents/report/index.ts';
import { trendBrief, trendPage } from '../../../reports/documents/trend/index.ts';
import { soundMatrix, unsoundMatrix } from '../../../reports/matrix/sample.ts';
import { htmlPage, pageAssets } from '../../../reports/renderers/html/index.ts';
import { markdown } from '../../../reports/renderers/markdown/index.ts';
import { terminal } from '../../../reports/renderers/terminal/index.ts';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';
import { sampleTrend } from '../../../reports/trend/sample.ts';
import { harmless, hostile } from '../../support/hostile.ts';

const documents: Readonly<Record<string, Document>> = {
  'report page, broken': reportPage(brokenReport),
  'report page, sound': reportPage(soundReport),
  'report brief, broken': reportBrief(brokenReport),
  'report brief, sound': reportBrief(soundReport),
  'matrix page, sound': matrixPage(soundMatrix),
  'matrix page, unsound': matrixPage(unsoundMatrix),
  'matrix brief, unsound': matrixBrief(unsoundMatrix),
  'comparison page, worse': comparisonPage(worseComparison),
  'comparison page, quiet': comparisonPage(quietComparison),
  'comparison brief, worse': comparisonBrief(worseComparison),
  'comparison brief, unlike': comparisonBrief(unlikeComparison),
  'trend page': trendPage(sampleTrend, ''),
  'trend brief': trendBrief(sampleTrend),
};

/** What a document says of how something looks is no text: its type has no other values. */
const looks = new Set(['kind', 'tone', 'tones', 'card', 'as', 'colour', 'draw', 'unit']);

/** A document with a text at the end of every text in it, addresses and ids included. */
const poisoned = (value: unknown, text: string, name = ''): unknown => {
  if (looks.has(name)) return value;
  if (typeof value === 'string') return value + text;
  if (Array.isArray(value)) return value.map((each) => poisoned(each, text));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, poisoned(each, text, key)]));
};
const poison = (document: Document, text: string): Document => poisoned(document, text) as Document;

const acting = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/u;

type Node = DefaultTreeAdapterTypes.Node;
const walk = (node: Node): readonly Node[] => [node, ...('childNodes' in node ? node.childNodes.flatMap(walk) : [])];
const elements = (html: string): readonly DefaultTreeAdapterTypes.Element[] =>
  walk(parse(html)).filter((node) => 'tagName' in node) as DefaultTreeAdapterTypes.Element[];
const shape = (html: string): readonly string[] =>
  elements(html).map(({ tagName, attrs }) => `${tagName} ${attrs.map(({ name }) => name).join(' ')}`);

const assets = Object.fromEntries(Object.keys(pageAssets).map((name) => [name, { text: '', sha256: '' }]));
const page = (document: Document): string => htmlPage(document, assets);
const screen = (document: Document): string => terminal(document, { colour: false, columns: 100, verbose: true });

/** Markdown without what no text acts in: fenced blocks, code spans, addresses of links; and without the tags that the renderer writes. */
const outsideCode = (text: string): string =>
  text
    .replace(/^(`{3,})[^\n]*\n[^]*?\n\1$/gm, '')
    .replace(/(\\.)|(?<!`)(`+)(?!`)[^]*?(?<!`)\2(?!`)/g, (_all, escaped: string | undefined) => escaped ?? '')
    .replace(/<!-- -->|<\/?(?:sub|details|summary)>/g, ' ')
    .replace(/(?<!\\)\]\([^()<>\s]*\)/g, '](');

for (const [name, document] of Object.entries(documents))
  t.test(`${name}: hostile text in every place is text in each renderer`, (t) => {
    const bad = poison(document, hostile);
    const good = poison(document, harmless);

    const html = page(bad);
    t.strictSame(shape(html), shape(page(good)), 'html: no element and no attribute more');
    t.notOk(acting.test(html), 'html: nothing that acts on the screen');
    for (const { attrs } of elements(html))
      for (const { name, value } of attrs)
        if (name === 'href') t.match(value, /^(?:#[A-Za-z0-9-]*|https?:\/\/\S*|(?!\/\/)[A-Za-z0-9%/._~!*-]*)$/);

    const outside = outsideCode(markdown(bad));
    t.notOk(acting.test(outside), 'markdown: nothing that acts on the screen');
    t.notMatch(outside, /[<>]|@\w|:\/\/evil|#\d/, 'markdown: no tag, no mention, nothing that becomes a link');
    t.equal(
      outside.match(/(?<!\\)\]\(/g)?.length,
      outsideCode(markdown(good)).match(/(?<!\\)\]\(/g)?.length,
      'no link',
    );

    t.notOk(acting.test(screen(bad)), 'terminal: nothing that acts on the screen');
    t.end();
  });
