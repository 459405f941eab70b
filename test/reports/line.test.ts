import t from 'tap';
import { moreText } from '../../reports/text/index.ts';
import { items, table, text } from '../../reports/document.ts';
import type { Block } from '../../reports/document.ts';
import { linkOut, plainText, prose } from '../../reports/line.ts';
import { blockHtml } from '../../reports/renderers/html/blocks.ts';
import { blocksMarkdown } from '../../reports/renderers/markdown/index.ts';
import { painter, terminalBlocks } from '../../reports/renderers/terminal/index.ts';
import { harmless, hostile } from '../support/hostile.ts';

const advice = 'In Envoy: set `jwt_authn` with `aud: [shop]`, or `a<b>`.';
const screen = (block: Block): string =>
  terminalBlocks([block], { paint: painter(false), columns: 100, verbose: false })
    .join('\n')
    .trim();

t.test('code between backticks is code in each renderer', (t) => {
  t.equal(
    blockHtml(text(prose(advice))).text.trim(),
    '<p>In Envoy: set <code>jwt_authn</code> with <code>aud: [shop]</code>, or <code>a&lt;b&gt;</code>.</p>',
  );
  t.equal(blocksMarkdown([text(prose(advice))]), 'In Envoy: set ` jwt_authn ` with ` aud: [shop] `, or ` a<b> `.');
  t.equal(screen(text(prose(advice))), 'In Envoy: set jwt_authn with aud: [shop], or a<b>.');
  t.end();
});

t.test('a backtick that no other closes, and several beside each other, are text', (t) => {
  for (const odd of ['`', 'a ` b', '``', '``a``', '```', '` `` ']) t.equal(plainText(prose(odd)), odd);
  t.equal(plainText(prose('`a` and `b')), 'a and `b');
  t.end();
});

t.test('what is counted of what is left out is harmless', (t) => {
  const cut = { most: { terminal: 0, markdown: 0 }, rest: `things ${hostile}` };
  const blocks = [
    items([{ line: 'a' }], cut),
    table(['A'], [{ cells: ['a'], calm: true }, ['b']], { ...cut, calm: hostile }),
    { kind: 'diffs' as const, diffs: [{ file: 'a', text: '+ b', cut: false }], ...cut },
  ];
  for (const block of blocks) {
    t.notMatch(blocksMarkdown([block]), /<img|\u001b|\u202e|@\w/);
    t.notMatch(screen(block), /[\u0000-\u0009\u000b-\u001f\u202e]/);
  }
  t.match(screen(items([{ line: 'a' }], { ...cut, rest: harmless })), moreText(1, 'x\\nx'));
  t.end();
});

t.test('a link leads to the web or to a path, whatever the text', (t) => {
  for (const [href, address] of [
    ['https://a.test/b?c=d%20e', 'https://a.test/b?c=d%20e'],
    ['night 1/report.html', 'night%201/report.html'],
    ['javascript:alert(1)', 'javascript%3Aalert%281%29'],
    ['//evil.test/a', '/evil.test/a'],
    ['\\\\evil.test\\a', '/evil.test/a'],
    ['https://a.test/|)\u202e`"', 'https://a.test/%7C%29%E2%80%AE%60%22'],
    ['\ud800', '%EF%BF%BD'],
  ] as const) {
    t.equal(blockHtml(text(linkOut(href, 'x'))).text.trim(), `<p><a href="${address}">x</a></p>`);
    t.equal(blocksMarkdown([text(linkOut(href, 'x'))]), `[x](${address})`);
  }
  t.end();
});
