import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';
import t from 'tap';
import { buildTrend } from '../../../harness/trend/index.ts';
import type { Night } from '../../../harness/trend/index.ts';
import { renderTrend } from '../../../reports/trend/index.ts';
import { firstTrend, sampleGate, sampleNight, sampleTrend, steadyNight } from '../../../reports/trend/sample.ts';
import { brokenReport } from '../../../reports/samples/index.ts';
import { schemaFiles } from '../../../reports/schema/index.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;
const walk = (node: Node): readonly Node[] => [node, ...('childNodes' in node ? node.childNodes.flatMap(walk) : [])];
const elements = (html: string): readonly Element[] =>
  walk(parse(html)).filter((node) => 'tagName' in node) as Element[];

await t.test('a terminal shows it in its width', async (t) => {
  for (const columns of [60, 80, 100, 120])
    for (const line of (await renderTrend(sampleTrend, 'terminal', { columns })).split('\n'))
      t.ok([...line].length <= columns, `"${line}" fits ${columns} columns`);
  await t.rejects(renderTrend(sampleTrend, 'pdf'), { code: 'usage', message: /html, json, terminal/ });
  t.strictSame(JSON.parse(await renderTrend(sampleTrend, 'json')), JSON.parse(JSON.stringify(sampleTrend)));
});

await t.test('the JSON satisfies its published schema', async (t) => {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(schemaFiles().get('trend.schema.json') ?? ''));
  for (const trend of [firstTrend, sampleTrend])
    t.ok(validate(JSON.parse(await renderTrend(trend, 'json'))), ajv.errorsText(validate.errors));
  t.notOk(validate({ ...firstTrend, more: 1 }));
  t.notOk(validate({ ...firstTrend, groups: undefined }));
});

await t.test('the page is well-formed, has no script, and fetches nothing', async (t) => {
  for (const trend of [firstTrend, sampleTrend, buildTrend([], [], sampleGate, '0.1.0')]) {
    const html = await renderTrend(trend, 'html');
    const errors: string[] = [];
    parse(html, { onParseError: ({ code }) => errors.push(code) });
    t.strictSame(errors, []);
    const all = elements(html);
    t.notOk(all.some(({ tagName }) => ['script', 'link', 'iframe', 'object', 'form', 'base', 'img'].includes(tagName)));
    const attributes = all.flatMap(({ attrs }) => attrs);
    t.strictSame(
      attributes.filter(({ name }) => /^(src|srcset|action|data|style|on.*)$/.test(name)),
      [],
    );
    t.notMatch(html, /NaN|Infinity|undefined/);
    const ids = attributes.filter(({ name }) => name === 'id').map(({ value }) => value);
    t.equal(new Set(ids).size, ids.length, 'no id stands twice');
    for (const { value } of attributes.filter(({ name }) => name === 'href'))
      t.ok(
        value.startsWith('#') ? ids.includes(value.slice(1)) : /^2026[A-Za-z0-9%/._-]+\/report\.html$/.test(value),
        value,
      );
  }
});

await t.test('links lead from where the page is written to the runs', async (t) => {
  const html = await renderTrend(firstTrend, 'html', { base: '../nights/' });
  t.match(html, 'href="../nights/2026-11-01/envoy-envoy/report.html"');
});

await t.test('hostile text adds no element, no attribute, and no address of another kind', async (t) => {
  const hostile = 'javascript:alert(1)//</title><img src=x onerror=alert(1)>"\'`><!-- \u001b[2J\u202e';
  const night = (text: string): Night => ({
    ...sampleNight(brokenReport, 1),
    run: `r${text}`,
    plan: `p${text}`,
    stack: `s${text}`,
    harness: `h${text}`,
    page: `${text}/report.html`,
    place: `${text}/report.json`,
    versions: { [`v${text}`]: text },
    attacks: sampleNight(brokenReport, 1).attacks.map((attack) => ({ ...attack, title: text })),
    incidents: sampleNight(brokenReport, 1).incidents.map((incident) => ({ ...incident, title: text })),
    load: { intended: 1, failed: 0, latencyMs: { [text]: { p50: 1, p99: 2 } } },
  });
  const page = (text: string): Promise<string> =>
    renderTrend(
      buildTrend(
        [{ ...night(text), run: 'r0', startedAt: '2026-11-01T00:00:00.000Z', versions: {} }, night(text)],
        [{ place: text, reason: text }],
        sampleGate,
        '0.1.0',
      ),
      'html',
    );
  const shape = (html: string): readonly string[] =>
    elements(html).map(({ tagName, attrs }) => `${tagName} ${attrs.map(({ name }) => name).join(' ')}`);
  const html = await page(hostile);
  t.strictSame(shape(html), shape(await page('x')));
  t.notMatch(html, /[\u001b\u202e]|href="javascript:/);
  const shown = await renderTrend(buildTrend([night(hostile)], [], sampleGate, '0.1.0'), 'terminal', { columns: 100 });
  t.notMatch(shown, /[\u001b\u202e]/);
});

await t.test('four hundred nights make a page of less than a megabyte', async (t) => {
  const nights = Array.from({ length: 400 }, (_, at) => {
    const night = steadyNight(at % 20, 1 + (at % 3) / 100);
    const startedAt = new Date(Date.UTC(2026, 0, 1) + at * 86_400_000).toISOString();
    return { ...night, run: `r${at}`, startedAt, ...(at % 9 === 0 ? { verdict: 'UNKNOWN' as const } : {}) };
  });
  const html = await renderTrend(buildTrend(nights, [], sampleGate, '0.1.0'), 'html');
  t.ok(html.length < 1_000_000, `${html.length} characters`);
  t.match(html, /held on 355 of 400 nights/);
});
