import fc from 'fast-check';
import { parse, parseFragment } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';
import t from 'tap';
import type { Report } from '../../../harness/model/index.ts';
import { escape } from '../../../reports/renderers/html/markup.ts';
import { escape as escapeMarkdown } from '../../../reports/renderers/markdown/escape.ts';
import { renderReport } from '../../../reports/index.ts';
import { brokenReport } from '../../../reports/samples/index.ts';
import { visible } from '../../../reports/text/index.ts';
import { harmless, hostile, poisoned as poison } from '../../support/hostile.ts';
import { anyText } from '../../support/any-text.ts';

const poisoned = (text: string): Report => poison(brokenReport, text);

type Node = DefaultTreeAdapterTypes.Node;
const walk = (node: Node): readonly Node[] => [node, ...('childNodes' in node ? node.childNodes.flatMap(walk) : [])];
const elements = (html: string): readonly DefaultTreeAdapterTypes.Element[] =>
  walk(parse(html)).filter((node) => 'tagName' in node) as DefaultTreeAdapterTypes.Element[];
const shape = (html: string): readonly string[] =>
  elements(html).map((element) => `${element.tagName} ${element.attrs.map(({ name }) => name).join(' ')}`);

const acting = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/u;

await t.test('html: hostile text in every field adds no element and no attribute', async (t) => {
  const page = String(await renderReport(poisoned(hostile), 'html'));
  t.strictSame(shape(page), shape(String(await renderReport(poisoned(harmless), 'html'))));
  const texts = walk(parse(page)).flatMap((node) => ('value' in node ? [node.value] : []));
  const scripts = elements(page).filter(({ tagName }) => tagName === 'script');
  t.equal(scripts.length, 4);
  t.notOk(acting.test(page), 'no control or bidirectional character is left');
  t.ok(
    texts.some((text) => text.includes('<img src=x onerror=alert(1)>') && text.includes('\\u202e')),
    'the text itself is there to be read',
  );
  const data = texts.find((text) => text.startsWith('{"fromMs"'));
  t.match(JSON.parse(data ?? '').hatched[0].name, visible(hostile));
  t.match(JSON.parse(data ?? '').panels[0].lanes[1].name, visible(hostile));
});

await t.test('html: nothing is fetched, nothing but the named scripts and styles acts', async (t) => {
  const page = String(await renderReport(brokenReport, 'html'));
  const all = elements(page);
  const attributes = all.flatMap((element) => element.attrs.map((attr) => ({ ...attr, tag: element.tagName })));
  t.strictSame(
    attributes.filter(({ name }) => /^(src|srcset|action|data|style|on.*)$/.test(name)),
    [],
  );
  t.ok(attributes.filter(({ name }) => name === 'href').every(({ value }) => /^#[A-Za-z0-9-]+$/.test(value)));
  t.strictSame(
    all.filter(({ tagName }) => ['link', 'iframe', 'object', 'form', 'base'].includes(tagName)),
    [],
  );
  const policy =
    attributes.find(({ name, value }) => name === 'content' && value.startsWith("default-src 'none'"))?.value ?? '';
  t.notMatch(policy, /unsafe|https?:|\*/);
  const ids = attributes.filter(({ name }) => name === 'id').map(({ value }) => value);
  t.equal(new Set(ids).size, ids.length, 'no id stands twice');
  t.ok(
    attributes.filter(({ name }) => name === 'href').every(({ value }) => ids.includes(value.slice(1))),
    'every link has its target',
  );
});

await t.test('html: whatever the text, it comes out as text', (t) => {
  fc.assert(
    fc.property(anyText, (text) => {
      const [element] = parseFragment(`<p title="${escape(text)}">${escape(text)}</p>`)
        .childNodes as DefaultTreeAdapterTypes.Element[];
      const inner = element?.childNodes.map((node) => ('value' in node ? node.value : '?')).join('');
      return inner === visible(text) && element?.attrs[0]?.value === visible(text) && element.attrs.length === 1;
    }),
  );
  t.end();
});

await t.test('terminal: nothing acts on the screen, and no text makes a line of its own', async (t) => {
  const plain = String(await renderReport(poisoned(hostile), 'terminal'));
  t.notOk(acting.test(plain));
  const coloured = String(await renderReport(poisoned(hostile), 'terminal', { colour: true }));
  t.match(coloured, /\u001b\[/);
  t.notOk(acting.test(coloured.replace(/\u001b\[\d+m/g, '')), 'colours are the only escapes');
});

/** Markdown without its code spans: a run of backticks that is not escaped, up to the next of the same length (CommonMark 0.31.2, section 6.1). */
const withoutCode = (markdown: string): string =>
  markdown.replace(/(\\.)|(?<!`)(`+)(?!`)[^]*?(?<!`)\2(?!`)/g, (_all, escaped: string | undefined) => escaped ?? '');

await t.test('markdown: no markup, link, mention or cell comes from a text', async (t) => {
  const render = async (text: string): Promise<string> => String(await renderReport(poisoned(text), 'markdown'));
  const outside = withoutCode(await render(hostile));
  t.notOk(acting.test(outside));
  t.notMatch(outside.replace(/<!-- -->|<\/?sub>/g, ''), /[<>]/);
  t.notMatch(outside, /@\w|:\/\/|(?<!\\)\[|#\d/);
  const pipes = (markdown: string): readonly number[] =>
    markdown
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.match(/(?<!\\)\|/g)?.length ?? 0);
  t.strictSame(pipes(await render(hostile)), pipes(await render(harmless)));
  t.equal(escapeMarkdown('1. x'), '1\\. x');
});
