import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import type { Comparison } from '../../../harness/model/index.ts';
import { parseComparison, renderComparison, serialiseComparison } from '../../../reports/comparison/index.ts';
import {
  betterComparison,
  quietComparison,
  unlikeComparison,
  worseComparison,
} from '../../../reports/comparison/sample.ts';
import { byReason, measuredText, partsOf } from '../../../reports/comparison/text.ts';
import { schemaFiles } from '../../../reports/schema/index.ts';

const all = [quietComparison, worseComparison, betterComparison, unlikeComparison];

t.test('a format that does not exist is named, with those that do', async (t) => {
  await t.rejects(renderComparison(quietComparison, 'pdf'), {
    code: 'usage',
    message: /html, json, markdown, terminal/,
  });
});

t.test('a terminal shows the verdict first and fits its width', async (t) => {
  for (const comparison of all)
    for (const columns of [80, 100, 120]) {
      const lines = (await renderComparison(comparison, 'terminal', { columns })).split('\n');
      t.match(lines[0], comparison.verdict);
      for (const line of lines) t.ok([...line].length <= columns, `"${line}" fits ${columns} columns`);
    }
  t.ok(
    (await renderComparison(quietComparison, 'terminal')).split('\n').length <= 10,
    'nothing to say is said shortly',
  );
});

t.test('every line stands somewhere: --verbose lists what is unchanged or noise', async (t) => {
  for (const comparison of all) {
    const text = await renderComparison(comparison, 'terminal', { columns: 400, verbose: true });
    for (const { id } of comparison.lines) t.ok(text.includes(id), id);
    const parts = partsOf(comparison);
    t.equal(Object.values(parts).flat().length, comparison.lines.length, 'each in one part');
    const markdown = await renderComparison(comparison, 'markdown');
    for (const { id } of comparison.lines.filter(({ group }) => group !== 'incidents'))
      t.ok(markdown.replaceAll('<!-- -->', '').includes(id), id);
  }
});

t.test('many incidents do not hide the one latency, and a long diff is cut and said to be', async (t) => {
  const incidents = worseComparison.lines.filter(({ group }) => group === 'incidents');
  const incident = incidents[0]!;
  const total = 99 + incidents.length;
  const many: Comparison = {
    ...worseComparison,
    lines: [...Array.from({ length: 99 }, (_, i) => ({ ...incident, id: `incident Z${i}` })), ...worseComparison.lines],
    files: Array.from({ length: 12 }, (_, i) => ({
      file: `f${i}`,
      diff: Array.from({ length: 200 }, (_, line) => `+line ${line}`).join('\n'),
      cut: true,
    })),
  };
  const terminal = await renderComparison(many, 'terminal');
  t.match(terminal, `and ${total - 5} more incidents`);
  t.match(terminal, /latency spike p99: .*×/);
  t.match(terminal, /and 190 more lines that differ[^]*and 9 more files/);
  const markdown = await renderComparison(many, 'markdown');
  t.match(markdown, `And ${total - 12} more incidents.`);
  t.match(markdown, /latency spike p99/);
  t.match(markdown, /f0 \(the beginning\)[^]*And 4 more files\./);
  t.ok(markdown.length < 65_536, 'fits a comment on a pull request');
});

t.test('reasons: those that the verdict rests on come first', (t) => {
  const { notComparable } = partsOf(unlikeComparison);
  const [first] = byReason(notComparable, unlikeComparison.reasons);
  t.match(first?.[0], /INVALID/);
  const [, largest] = byReason(notComparable, []);
  t.ok((largest?.[1].length ?? 0) >= 1);
  t.end();
});

t.test('values are told in their unit', (t) => {
  t.equal(measuredText({ unit: 'word' }, { value: 'HOLDS' }), 'HOLDS');
  t.equal(measuredText({ unit: 'attempts' }, { value: 3, of: 2995 }), '3 of 2,995');
  t.match(measuredText({ unit: 'share' }, { value: 0.000999 }), /≤.0\.1.%/);
  t.match(measuredText({ unit: 'ms' }, { value: 41.7 }), /41\.7.ms/);
  t.equal(measuredText({ unit: '1/s' }, { value: 1384.67 }), '1,385/s');
  t.equal(measuredText({ unit: 'points' }, { value: 52 }), '52');
  t.equal(measuredText({ unit: 'ms' }, null), '–');
  t.end();
});

t.test('a comparison satisfies its published schema, and is read back as it was', (t) => {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(schemaFiles().get('comparison.schema.json') ?? ''));
  for (const comparison of all) {
    const text = serialiseComparison(comparison);
    t.ok(validate(JSON.parse(text)), ajv.errorsText(validate.errors));
    t.strictSame(parseComparison(text, 'comparison.json'), JSON.parse(text));
  }
  t.notOk(validate({ ...quietComparison, verdict: 'FINE' }));
  t.notOk(validate({ ...quietComparison, more: 1 }));
  t.throws(() => parseComparison('{', 'c.json'), { code: 'bad-run', place: { file: 'c.json' } });
  t.throws(() => parseComparison('{}', 'c.json'), { code: 'bad-run', message: /schema/ });
  t.end();
});

const hostile =
  '</summary></details></script><img src=x onerror=alert(1)>"\'`\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\u2066\u200b\u2028<!--\n-->' +
  '| [x](javascript:alert(1)) ![y](https://evil.test/z) @octocat #1 ``` ```` *_~\n```\n<script>';
const closed = new Set(['verdict', 'judgement', 'group', 'unit', 'test', 'gate', 'schema', 'letter', 'histogram']);

/** The comparison with a text added to every string in it that is not one of a few words. */
const poison = (value: unknown, text: string, name = ''): unknown => {
  if (typeof value === 'string') return closed.has(name) ? value : value + text;
  if (Array.isArray(value)) return value.map((each) => poison(each, text, name));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, poison(each, text, key)]));
};
const poisoned = (text: string): Comparison => poison(worseComparison, text) as Comparison;
const acting = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/u;

t.test('terminal: nothing acts on the screen', async (t) => {
  t.notOk(acting.test(await renderComparison(poisoned(hostile), 'terminal', { verbose: true })));
  const coloured = await renderComparison(poisoned(hostile), 'terminal', { colour: true, verbose: true });
  t.match(coloured, /\u001b\[/);
  t.notOk(acting.test(coloured.replace(/\u001b\[\d+m/g, '')), 'colours are the only escapes');
});

/** Markdown without its blocks of code, by the rule of CommonMark: a fence is closed by one that is at least as long. */
const withoutBlocks = (markdown: string): string => {
  let fence: string | null = null;
  return markdown
    .split('\n')
    .filter((line) => {
      const ticks = /^(`{3,})/.exec(line)?.[1];
      if (fence === null) {
        fence = ticks ?? null;
        return ticks === undefined;
      }
      if (ticks !== undefined && ticks.length >= fence.length && line.trim() === ticks) fence = null;
      return false;
    })
    .join('\n');
};

t.test('markdown: no markup, link, mention or cell comes from a text', async (t) => {
  const render = async (text: string): Promise<string> =>
    withoutBlocks(await renderComparison(poisoned(text), 'markdown'));
  const outside = (await render(hostile)).replace(/(?<!`)(`+)(?!`) .*? \1(?!`)/g, '');
  t.notOk(acting.test(outside));
  t.notMatch(outside.replace(/<!-- -->|<\/?(sub|details|summary)>/g, ''), /[<>]/);
  t.notMatch(outside, /@\w|:\/\/|#\d/);
  t.notMatch(outside.replace(/<summary>.*<\/summary>/g, ''), /(?<!\\)\[/);
  const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
  t.equal(count(outside, /<details>/g), count(outside, /<\/details>/g), 'what is opened is closed');
  t.equal(count(outside, /<details>/g), count(await render('x'), /<details>/g));
  const pipes = (markdown: string): readonly number[] =>
    markdown
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.match(/(?<!\\)\|/g)?.length ?? 0);
  t.strictSame(pipes(await render(hostile)), pipes(await render('x')));
});
