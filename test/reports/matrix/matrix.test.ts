import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'parse5';
import t from 'tap';
import {
  buildMatrix,
  readMatrix,
  renderMatrix,
  serialiseMatrix,
  unexpectedLines,
} from '../../../reports/matrix/index.ts';
import type { MatrixEntry } from '../../../reports/matrix/index.ts';
import { soundMatrix, unsoundMatrix } from '../../../reports/matrix/sample.ts';
import type { Expectation } from '../../../harness/model/index.ts';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';
import { schemaFiles } from '../../../reports/schema/index.ts';
import { said as saying } from '../../support/said.ts';

const head = { ...soundMatrix, matrix: 'm1' };

const reference: MatrixEntry = {
  stack: {
    id: 'a-b',
    title: 'A and B',
    parts: { edge: 'a', mesh: 'b' },
    features: ['mutual-tls'],
    defaults: null,
  },
  attacks: soundReport.attacks.map(({ id }) => ({ id })),
  outcome: { report: soundReport, digest: '00' },
  folder: 'a-b',
  trimmed: null,
};

const run = 'r20261120-090000-0a1b';

/** What was measured: the attacks of the ids got through, all others of the samples did not. */
const expecting = (...fail: readonly string[]): Expectation => ({
  measured: { run, plan: 'quick', harness: '0.1.0', report: '0'.repeat(64) },
  verdicts: {
    fail,
    pass: brokenReport.attacks.map(({ id }) => id).filter((id) => !fail.includes(id)),
    unknown: [],
  },
});

/** Defaults that let through the attacks of the ids where they were measured, with the report of a run. */
const shipped = (report: typeof brokenReport, ...ids: readonly string[]): MatrixEntry => ({
  ...reference,
  stack: {
    ...reference.stack,
    defaults: {
      product: 'P',
      version: '1',
      page: 'https://example.com/',
      documentation: { 'token-claims': 'says so of the claims' },
      expected: expecting(...ids),
    },
  },
  outcome: { report, digest: '00' },
});

/** The attacks that failed in the broken sample. */
const broke = brokenReport.attacks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);

const unexpected = (entry: MatrixEntry): readonly string[] => buildMatrix(head, [entry]).rows[0]!.unexpected;

t.test('a reference stack is expected to hold, and nothing less', async (t) => {
  t.strictSame(unexpected(reference), []);
  t.match(unexpected({ ...reference, outcome: { report: brokenReport, digest: '00' } }), [
    `BROKEN by ${broke.join(', ')}`,
  ]);
  for (const verdict of ['UNKNOWN', 'INVALID'] as const)
    t.strictSame(
      unexpected({
        ...reference,
        outcome: {
          report: { ...soundReport, verdict, reasons: [saying('M3: 5 of 299'), saying('late')] },
          digest: '00',
        },
      }),
      [`expected that it holds, found ${verdict}: M3: 5 of 299; late`],
      'with the reasons of the report',
    );
  t.match(unexpected({ ...reference, outcome: { report: { ...soundReport, partial: true }, digest: '00' } }), [
    /before its end/,
  ]);
  t.strictSame(unexpected({ ...reference, outcome: { error: { code: 'no-image', message: 'none', hint: null } } }), [
    'none',
  ]);
});

t.test('defaults are expected to be broken by just what got through where they were measured', async (t) => {
  t.strictSame(unexpected(shipped(brokenReport, ...broke)), []);
  t.strictSame(unexpected(shipped(brokenReport, ...broke, 'Z9')), [], 'what the plan has no attack for was not asked');
  t.match(
    unexpected(shipped(brokenReport, ...broke.filter((id) => id !== 'M3'))),
    [/^M3 .*failed, which it did not in run r2026/],
    'one more is news',
  );
  t.match(unexpected(shipped(brokenReport, ...broke, 'M1')), [/^M1 got through in run .*did not fail: pass/]);
  t.match(
    unexpected(shipped(brokenReport, ...broke, 'D1')),
    [/^D1 got through in run .*did not fail: unknown/],
    'unknown is no failure',
  );
  t.match(unexpected(shipped(soundReport, 'E3')), [/expected BROKEN/, /^E3/], 'defaults that hold were not seen');
  t.strictSame(unexpected(shipped(soundReport)), [], 'a plan without any attack that got through finds nothing');
  t.match(unexpected(shipped({ ...brokenReport, verdict: 'INVALID' }, ...broke)), [/INVALID/]);
});

t.test('what was never measured is never as expected, and a new attack says so by itself', async (t) => {
  const defaults = shipped(brokenReport, ...broke).stack.defaults!;
  const never = { ...shipped(brokenReport), stack: { ...reference.stack, defaults: { ...defaults, expected: null } } };
  t.match(unexpected(never), [/nothing is expected of it yet.*npx holdfast expect/]);
  const measured = expecting(...broke);
  const without = (...ids: readonly string[]): MatrixEntry => ({
    ...shipped(brokenReport),
    stack: {
      ...reference.stack,
      defaults: {
        ...defaults,
        expected: {
          ...measured,
          verdicts: {
            ...measured.verdicts,
            fail: measured.verdicts.fail.filter((id) => !ids.includes(id)),
            pass: measured.verdicts.pass.filter((id) => !ids.includes(id)),
          },
        },
      },
    },
  });
  t.match(unexpected(without('M1')), [/^M1 .*: pass, and nothing was measured of it in run r2026/]);
  t.match(unexpected(without('M3')), [/^M3 .*: fail, and nothing was measured of it/]);
  t.match(buildMatrix(head, [without('M1')]).rows[0]!.defaults, { unmeasured: ['M1'], measured: { run } });
  const needing = {
    ...without('M1'),
    attacks: reference.attacks.map((one) => (one.id === 'M1' ? { ...one, needs: ['edge-reload'] } : one)),
  };
  t.strictSame(unexpected(needing), [], 'what does not apply to the stack need not be measured');
  t.match(buildMatrix(head, [needing]).rows[0]!.notApplicable, { M1: /^it lacks the feature edge-reload \(/ });
});

t.test('the documentation of a product is quoted by clause, whatever the attack is called', async (t) => {
  const quoted = {
    ...shipped(brokenReport, ...broke),
    attacks: reference.attacks.map((one) => ({ ...one, clause: 'token-claims' as const })),
  };
  const [row] = buildMatrix(head, [quoted]).rows;
  t.ok(row!.attacks.every(({ explained }) => explained === 'says so of the claims'));
  t.equal(row!.defaults!.admits['E3'], 'says so of the claims');
});

t.test('waivers in force stand in their row with what they explain, and once for all stacks', async (t) => {
  const waiver = { enforcer: 'a-edge', part: 'tls', reason: 'r', expires: '2027-01-01', inForce: true, explained: 3 };
  const ended = { ...waiver, part: 'paths', expires: '2026-01-01', inForce: false, explained: 0 };
  const report = { ...soundReport, waivers: [waiver, ended] };
  const rows = ['a-b', 'a-c'].map((id) => ({
    ...reference,
    stack: { ...reference.stack, id },
    outcome: { report, digest: '00' },
  }));
  const matrix = buildMatrix(head, rows);
  t.strictSame(matrix.rows[0]!.waivers, [
    { enforcer: 'a-edge', part: 'tls', reason: 'r', expires: '2027-01-01', explained: 3 },
  ]);
  t.match(await renderMatrix(matrix, 'terminal'), /until 2027-01-01: a-edge tls, explains 6 requests/);
  for (const format of ['html', 'markdown']) t.match(await renderMatrix(matrix, format), /2027-01-01[^]*a-b, a-c/);
});

t.test('a terminal shows it in its width', async (t) => {
  for (const columns of [80, 100, 120])
    for (const line of (await renderMatrix(unsoundMatrix, 'terminal', { columns })).split('\n'))
      t.ok([...line].length <= columns, `"${line}" fits ${columns} columns`);
  await t.rejects(renderMatrix(soundMatrix, 'pdf'), { code: 'usage', message: /html, json, markdown, terminal/ });
});

t.test('the matrix satisfies its published schema, and is read back as it was', async (t) => {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(schemaFiles().get('matrix.schema.json') ?? ''));
  for (const matrix of [soundMatrix, unsoundMatrix]) {
    t.ok(validate(matrix), ajv.errorsText(validate.errors));
    const folder = t.testdir({ 'matrix.json': serialiseMatrix(matrix) });
    t.strictSame(await readMatrix(folder), matrix);
  }
  t.notOk(validate({ ...soundMatrix, more: 1 }));
  t.equal(await readMatrix(t.testdir({})), null);
  await t.rejects(readMatrix(t.testdir({ 'matrix.json': '{' })), { code: 'bad-run', message: /no JSON/ });
  await t.rejects(readMatrix(t.testdir({ 'matrix.json': '{}' })), { code: 'bad-run', message: /schema/ });
  t.equal(unexpectedLines(soundMatrix).length, 0);
});

t.test('text from elsewhere is harmless on the page and in Markdown', async (t) => {
  const evil = '<script>alert(1)</script> | @everyone \u202e \u001b[31m';
  const matrix = buildMatrix({ ...head, seed: evil }, [
    {
      ...shipped(
        {
          ...brokenReport,
          waivers: [{ enforcer: 'a', part: evil, reason: evil, expires: '2027-01-01', inForce: true, explained: 1 }],
          attacks: brokenReport.attacks.map((attack) => ({ ...attack, title: evil, reason: saying(evil) })),
        },
        'E3',
      ),
      attacks: reference.attacks.map((one) => ({ ...one, clause: 'token-claims' as const })),
      stack: {
        ...shipped(brokenReport).stack,
        title: evil,
        defaults: {
          product: evil,
          version: evil,
          page: 'javascript:alert(1)',
          documentation: { 'token-claims': evil },
          expected: expecting('E3'),
        },
      },
    },
    { ...reference, outcome: { error: { code: 'internal', message: evil, hint: evil } } },
  ]);
  const html = await renderMatrix(matrix, 'html');
  t.notMatch(html, /<script|javascript:|\u202e|\u001b/);
  const errors: string[] = [];
  parse(html, { onParseError: ({ code }) => errors.push(code) });
  t.strictSame(errors, [], 'the page is well-formed');
  for (const format of ['markdown', 'terminal'])
    t.notMatch(await renderMatrix(matrix, format), /\u202e|\u001b\[31m/, format);
  const outsideCode = (await renderMatrix(matrix, 'markdown')).replaceAll(/` [^`]* `/g, '');
  t.notMatch(outsideCode, /<script|@everyone/);
});

t.test('what the budget took away is said, with what a lighter plan proves less', async (t) => {
  const trimmed = unsoundMatrix.rows.find(({ trimmed }) => trimmed !== null)!.trimmed!;
  const weaker = { ...reference, trimmed };
  const of = (entry: MatrixEntry) => buildMatrix({ ...head, budget: { ms: 600_000, spentMs: 599_000 } }, [entry]);
  for (const format of ['html', 'markdown', 'terminal']) {
    const text = (await renderMatrix(of(weaker), format, { columns: 400 })).replaceAll('\u00a0', ' ');
    t.match(text, /quick instead of two-fourteen: two-fourteen takes about 2 min 26 s/, format);
    t.match(text, /bounds are weaker: 1 % \(critical: 1 %\) instead of 1 % \(critical: 0.1 %\)/, format);
    t.match(text, '9 min 59 s of 10 min, a lighter plan on 1 stack', format);
    const out = await renderMatrix(
      of({ ...reference, outcome: null, folder: null, trimmed: { ...trimmed, instead: null } }),
      format,
    );
    t.match(out, /left out/, format);
    t.match(out, /not as expected/i, format);
  }
  const same = { ...trimmed, instead: { ...trimmed.asked, plan: 'quick' } };
  t.notMatch(await renderMatrix(of({ ...reference, trimmed: same }), 'markdown'), 'weaker', 'only where they are');
  const { budget, ...old } = JSON.parse(serialiseMatrix(soundMatrix)) as Record<string, unknown>;
  const folder = t.testdir({ 'matrix.json': JSON.stringify(old) });
  t.strictSame(await readMatrix(folder), soundMatrix, 'a matrix from before there were budgets is read as ever');
  t.equal(budget, null);
});
