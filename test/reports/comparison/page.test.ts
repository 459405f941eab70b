import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';
import t from 'tap';
import type { Comparison, ComparisonLine } from '../../../harness/model/index.ts';
import { axisEnd, leastFactor, linesTable } from '../../../reports/documents/comparison/lines.ts';
import { htmlPage } from '../../../reports/renderers/html/index.ts';
import { renderComparison } from '../../../reports/comparison/index.ts';
import { quietComparison, unlikeComparison, worseComparison } from '../../../reports/comparison/sample.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;
const walk = (node: Node): readonly Node[] => [node, ...('childNodes' in node ? node.childNodes.flatMap(walk) : [])];
const elements = (html: string): readonly Element[] =>
  walk(parse(html)).filter((node) => 'tagName' in node) as Element[];
const attributesOf = (html: string): readonly { readonly name: string; readonly value: string }[] =>
  elements(html).flatMap(({ attrs }) => attrs);

await t.test('the page is well-formed, fetches nothing, and only its own scripts and styles act', async (t) => {
  for (const comparison of [quietComparison, worseComparison, unlikeComparison]) {
    const html = await renderComparison(comparison, 'html');
    const errors: string[] = [];
    parse(html, { onParseError: ({ code }) => errors.push(code) });
    t.strictSame(errors, []);
    const attributes = attributesOf(html);
    t.strictSame(
      attributes.filter(({ name }) => /^(src|srcset|action|data|style|on.*)$/.test(name)),
      [],
    );
    const policy =
      attributes.find(({ name, value }) => name === 'content' && value.startsWith("default-src 'none'"))?.value ?? '';
    t.notMatch(policy, /unsafe|https?:|\*/);
    t.equal(policy.match(/'sha256-/g)?.length, 4, 'two styles and two scripts are named');
    const ids = attributes.filter(({ name }) => name === 'id').map(({ value }) => value);
    t.equal(new Set(ids).size, ids.length, 'no id stands twice');
    for (const { value } of attributes.filter(({ name }) => name === 'href'))
      t.ok(value.startsWith('#') && ids.includes(value.slice(1)), `${value} has its target`);
  }
});

await t.test(
  'what regressed stands on top, with its numbers; what could not be compared, with its reason',
  async (t) => {
    const header = (html: string): string => html.slice(html.indexOf('<header>'), html.indexOf('</header>'));
    const worse = header(await renderComparison(worseComparison, 'html'));
    t.match(worse, /REGRESSION/);
    for (const { id } of worseComparison.lines.filter(
      ({ judgement, gate, group }) => judgement === 'regression' && gate === 'fail' && group === 'attacks',
    ))
      t.ok(worse.includes(id), `${id} is named`);
    const e3 = worseComparison.lines.find(({ id }) => id === 'attack E3')!;
    t.ok(Number(e3.after?.value) > 0);
    t.match(worse, new RegExp(`0 of \\d+ → ${e3.after?.value} of \\d+`));
    t.match(header(await renderComparison(unlikeComparison, 'html')), /NOT COMPARABLE[^]*INVALID/);
    const quiet = await renderComparison(quietComparison, 'html');
    t.match(header(quiet), /NO REGRESSION/);
    t.match(quiet, /<details class="block"><summary>\d+ lines unchanged/);
  },
);

const hostile =
  '</script></style></title><img src=x onerror=alert(1)>"\'`><!--\n-->&lt;\u001b[2J\u202e\u2028javascript:alert(1)';

/** Words of ours that decide what is drawn, not texts from elsewhere. */
const fixed = new Set([
  'schema',
  'group',
  'unit',
  'test',
  'judgement',
  'gate',
  'verdict',
  'letter',
  'control',
  'histogram',
]);

const poison = (value: unknown, text: string, name = ''): unknown => {
  if (typeof value === 'string') return fixed.has(name) ? value : value + text;
  if (Array.isArray(value)) return value.map((each) => poison(each, text, name));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, poison(each, text, key)]));
};

await t.test('hostile text in every field adds no element and no attribute', async (t) => {
  const page = (text: string): Promise<string> => renderComparison(poison(worseComparison, text) as Comparison, 'html');
  const shape = (html: string): readonly string[] =>
    elements(html).map(({ tagName, attrs }) => `${tagName} ${attrs.map(({ name }) => name).join(' ')}`);
  const html = await page(hostile);
  // A diff of more lines has more of them: a harmless text with the same breaks has the same shape.
  t.strictSame(shape(html), shape(await page('x\nx')));
  t.notMatch(html, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/u);
  t.ok(html.includes('&lt;img src=x onerror=alert(1)&gt;'), 'the text itself is there to be read');
});

const line = (ratio: ComparisonLine['ratio'], over: Partial<ComparisonLine> = {}): ComparisonLine => ({
  id: 'latency spike p99',
  group: 'latency',
  title: 'p99',
  critical: false,
  unit: 'ms',
  before: { value: 20 },
  after: { value: 40 },
  test: 'between-runs',
  ratio,
  p: 0.001,
  pAdjusted: 0.01,
  judgement: 'regression',
  why: 'worse',
  gate: 'fail',
  ...over,
});
const least = {
  latencyMs: 5,
  latencyRatio: 1.2,
  floorMs: 2,
  capacityRatio: 1.1,
  failedShare: 0.001,
  scorePoints: 1,
};

/** Lines as a page shows them. */
const drawn = (...lines: readonly ComparisonLine[]): string =>
  htmlPage(
    {
      title: '',
      name: '',
      harness: '',
      verdict: { word: '', tone: 'good', about: '' },
      why: [],
      facts: [],
      blocks: [linesTable({ ...worseComparison, lines }, lines)],
    },
    { style: { text: '', sha256: '' } },
  );

t.test('the bar of a ratio: one axis for all lines, 1 in its middle, never outside of the drawing', (t) => {
  const wide = line({ value: 2, low: 0.001, high: 4000, confidence: 0.99 });
  t.equal(axisEnd([line(null)]), 2);
  t.equal(axisEnd([line({ value: 1.5, low: 1.1, high: 3.9, confidence: 0.99 })]), 4);
  t.equal(axisEnd([line({ value: 0.1, low: 0.05, high: 0.3, confidence: 0.99 })]), 30);
  t.equal(axisEnd([wide]), 100);
  const svg = drawn(wide, line(null));
  t.notMatch(svg, /NaN|Infinity/);
  for (const [, x] of svg.matchAll(/(?:M|H|x="|cx=")(-?[\d.]+)/g))
    t.ok(Number(x) >= 0 && Number(x) <= 160, `${x} lies in the drawing`);
  t.match(svg, />–</, 'a line without a ratio has no drawing');
  t.match(drawn(line({ value: 1, low: 0.5, high: 2, confidence: 0.99 })), /cx="80"/);
  t.end();
});

t.test('the least that the gate minds, as a factor', (t) => {
  const ratio = { value: 1, low: 1, high: 1, confidence: 0.99 };
  t.equal(leastFactor(line(ratio), least), 1.25, '5 ms of 20 ms is more than the factor');
  t.equal(leastFactor(line(ratio, { before: { value: 1000 } }), least), 1.2);
  t.equal(leastFactor(line(ratio, { id: 'floor checkout' }), least), 1.1);
  t.equal(leastFactor(line(ratio, { unit: '1/s' }), least), 1.1);
  t.equal(leastFactor(line(null), least), null);
  t.equal(leastFactor(line(ratio, { before: null }), least), null);
  t.end();
});
