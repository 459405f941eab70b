import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import t from 'tap';
import { worstExit } from '../../../../harness/cli/index.ts';
import type { CommandContext } from '../../../../harness/cli/index.ts';
import { asksForSeveral, chooseStacks } from '../../../../harness/cli/run/choose-stacks.ts';
import { openNight } from '../../../../harness/cli/run/budget/index.ts';
import type { Rung } from '../../../../harness/declare/plan/index.ts';
import { bringImages, exitOfMatrix, expectationOf } from '../../../../harness/cli/run/index.ts';
import { runSeveral } from '../../../../harness/cli/run/several.ts';
import type { SeveralOptions, SeveralSeam } from '../../../../harness/cli/run/several.ts';
import { HoldfastError } from '../../../../harness/model/index.ts';
import type { Report, Stack } from '../../../../harness/model/index.ts';
import { readMatrix } from '../../../../reports/matrix/index.ts';
import type { Matrix } from '../../../../reports/matrix/index.ts';
import { brokenReport, soundReport } from '../../../../reports/samples/index.ts';

const stack = (id: string, defaults: Stack['defaults'] = null): Stack =>
  ({
    id,
    title: id,
    parts: { edge: null, mesh: null },
    compilers: { edge: 'a-edge', mesh: null },
    features: ['mutual-tls'],
    defaults,
  }) as unknown as Stack;

const shipped = stack('x-defaults', {
  product: 'X',
  version: '1',
  page: 'https://example.com/',
  documentation: {},
  expected: expectationOf(brokenReport, '0'.repeat(64)),
});

const required = brokenReport.attacks.map(({ id }) => ({ meta: { id } }));

/** What becomes of each stack, by id: a report, or an error where it is declared (`wrong`) or run. */
type Fates = Readonly<Record<string, Report | Error | { wrong: Error }>>;

const seam = (fates: Fates, began: (id: string) => void = () => undefined): SeveralSeam => ({
  declare: async ({ stack: id = '' }) => {
    const fate = fates[id];
    if (fate !== undefined && 'wrong' in fate) throw fate.wrong;
    return { declared: { plan: { id: 'quick' }, stack: { id }, required }, schedule: {} } as never;
  },
  now: () => 0,
  perform: async ({ declared, folder }) => {
    const { id } = declared.stack;
    began(id);
    const fate = fates[id]!;
    if (fate instanceof Error) throw fate;
    mkdirSync(folder, { recursive: true });
    for (const name of ['report.json', 'report.html']) writeFileSync(join(folder, name), JSON.stringify(fate));
    return { folder, report: fate as Report };
  },
});

const context = (signal: AbortSignal, said: string[] = []): CommandContext => {
  const sink = new Writable({ write: (_, __, done) => done() });
  return { signal, stdout: sink, stderr: sink, progress: (line) => void said.push(line) };
};

const options = (folder: string, stacks: readonly Stack[]): SeveralOptions => ({
  stacks,
  declare: { plan: 'quick', seed: '214' },
  head: { matrix: 'm1', startedAt: '2026-11-24T09:00:00.000Z', harness: '0.1.0' },
  folder,
  key: {} as never,
  night: null,
});

const rowsOf = (matrix: Matrix) => matrix.rows.map(({ stack, verdict, asExpected }) => [stack, verdict, asExpected]);

t.test('stacks are named by id, by glob, and all together', async (t) => {
  const known = [shipped, stack('a-b'), stack('a-c'), stack('d-b')];
  const ids = (...wanted: readonly string[]) => chooseStacks(wanted, known).map(({ id }) => id);
  t.strictSame(ids('d-b', 'a-b'), ['d-b', 'a-b'], 'in the order in which they were named');
  t.strictSame(ids('a-*'), ['a-b', 'a-c']);
  t.strictSame(ids('*-{b,defaults}'), ['a-b', 'd-b', 'x-defaults']);
  t.strictSame(ids('all', 'a-b'), ['a-b', 'a-c', 'd-b', 'x-defaults'], 'each once, defaults last');
  t.strictSame(ids(' d-b\n  a-*\n', 'all'), ['d-b', 'a-b', 'a-c', 'x-defaults'], 'a list in one value');
  t.throws(() => ids(''), { code: 'usage' }, 'an empty variable is no list');
  t.throws(() => ids('a-d'), { code: 'usage', hint: 'did you mean "a-b"?' });
  t.throws(() => ids('zzz*'), { code: 'usage', hint: /a-b, a-c/ });
  t.strictSame(
    [[], ['a-b'], ['all'], ['a-*'], ['a-b', 'a-c'], ['a-b a-c']].map(asksForSeveral),
    [false, false, true, true, true, true],
    'one stack by its id is a run as ever',
  );
});

t.test('what is broken is worst, then a fault, a wrong input, what is unknown', async (t) => {
  t.equal(worstExit([]), 0);
  t.equal(worstExit([0, 2]), 2);
  t.equal(worstExit([2, 254]), 254);
  t.equal(worstExit([254, 255, 2]), 255);
  t.equal(worstExit([255, 1, 254]), 1);
});

t.test('each stack has a folder of its own, and the matrix what came of all', async (t) => {
  const folder = join(t.testdir(), 'out');
  const { signal } = new AbortController();
  const fates = { 'a-b': soundReport, 'x-defaults': brokenReport };
  const matrix = await runSeveral(options(folder, [stack('a-b'), shipped]), context(signal), seam(fates));
  t.strictSame(rowsOf(matrix), [
    ['a-b', 'HOLDS', true],
    ['x-defaults', 'BROKEN', true],
  ]);
  t.equal(exitOfMatrix(matrix), 0, 'defaults that are broken as admitted are no failure');
  t.strictSame(readdirSync(folder).toSorted(), ['a-b', 'matrix.html', 'matrix.json', 'matrix.md', 'x-defaults']);
  t.strictSame(await readMatrix(folder), matrix);
  t.match(matrix.rows[0], { folder: 'a-b', digest: /^[0-9a-f]{64}$/, run: soundReport.run });
  t.match(readFileSync(join(folder, 'matrix.html'), 'utf8'), 'href="a-b/report.html"');
  await t.rejects(
    runSeveral(options(folder, [stack('a-b'), shipped]), context(signal), seam(fates)),
    { code: 'usage' },
    'a matrix never overwrites another',
  );
});

t.test('a stack that cannot be declared, started or finished is a row, and the others go on', async (t) => {
  const folder = join(t.testdir(), 'out');
  const said: string[] = [];
  const fates: Fates = {
    wrong: { wrong: new HoldfastError('inexpressible', 'expected a rule that it can express', { hint: 'waive it' }) },
    down: new HoldfastError('stack-down', 'expected the edge to answer'),
    odd: new TypeError('x is not a function'),
    'a-b': soundReport,
  };
  const matrix = await runSeveral(
    options(
      folder,
      Object.keys(fates).map((id) => stack(id)),
    ),
    context(new AbortController().signal, said),
    seam(fates),
  );
  t.strictSame(rowsOf(matrix), [
    ['wrong', 'ERROR', false],
    ['down', 'ERROR', false],
    ['odd', 'ERROR', false],
    ['a-b', 'HOLDS', true],
  ]);
  t.match(
    matrix.rows.map(({ error }) => error?.code),
    ['inexpressible', 'stack-down', 'internal', undefined],
  );
  t.match(matrix.rows[0], { folder: null, error: { hint: 'waive it' } });
  t.equal(exitOfMatrix(matrix), 255);
  t.match(said[0], /^wrong: expected a rule/, 'what is wrong with a stack is said before anything is started');
  t.equal(exitOfMatrix({ ...matrix, rows: matrix.rows.slice(0, 1) }), 254);
});

t.test('where no stack can be declared the call is wrong, and nothing is made', async (t) => {
  const folder = join(t.testdir(), 'out');
  const wrong = { wrong: new HoldfastError('usage', 'expected a plan') };
  await t.rejects(
    runSeveral(
      options(folder, [stack('a-b'), stack('a-c')]),
      context(new AbortController().signal),
      seam({ 'a-b': wrong, 'a-c': wrong }),
    ),
    { code: 'usage', message: 'expected a plan' },
  );
  t.notOk(existsSync(folder));
});

t.test('Ctrl-C ends all of them, and the matrix has what there is', async (t) => {
  const controller = new AbortController();
  const folder = join(t.testdir(), 'out');
  const began: string[] = [];
  const cut = { ...soundReport, verdict: 'UNKNOWN' as const, partial: true };
  const matrix = await runSeveral(
    options(
      folder,
      ['a-b', 'a-c', 'a-d'].map((id) => stack(id)),
    ),
    context(controller.signal),
    seam({ 'a-b': soundReport, 'a-c': cut, 'a-d': soundReport }, (id) => {
      began.push(id);
      if (id === 'a-c') controller.abort(new HoldfastError('interrupted', 'stopped: SIGINT'));
    }),
  );
  t.strictSame(began, ['a-b', 'a-c']);
  t.strictSame(rowsOf(matrix), [
    ['a-b', 'HOLDS', true],
    ['a-c', 'UNKNOWN', false],
    ['a-d', 'ERROR', false],
  ]);
  t.match(matrix.rows[2]!.error, { code: 'interrupted', message: /not run/ });
  t.equal(exitOfMatrix(matrix), 2);
  t.ok(existsSync(join(folder, 'matrix.json')));
});

t.test('after each stack the matrix of what there is stands on disk', async (t) => {
  const folder = join(t.testdir(), 'out');
  const seen: (readonly unknown[])[] = [];
  await runSeveral(
    options(folder, [stack('a-b'), stack('a-c')]),
    context(new AbortController().signal),
    seam({ 'a-b': soundReport, 'a-c': soundReport }, (id) => {
      if (id === 'a-c') seen.push(rowsOf(JSON.parse(readFileSync(join(folder, 'matrix.json'), 'utf8')) as Matrix));
    }),
  );
  t.strictSame(seen, [
    [
      ['a-b', 'HOLDS', true],
      ['a-c', 'ERROR', false],
    ],
  ]);
});

t.test('a night gives each stack what there is time for, and says what that took away', async (t) => {
  const folder = join(t.testdir(), 'out');
  const rung = (id: string, plannedMs: number, critical: number): Rung =>
    ({ plan: { id, bounds: { standard: 0.01, critical } }, named: `${id}.yaml`, plannedMs }) as unknown as Rung;
  let now = 0;
  const night = openNight(300_000, [rung('long', 100_000, 0.001), rung('short', 20_000, 0.01)], () => now);
  const ran: (readonly unknown[])[] = [];
  const said: string[] = [];
  const wrong = new HoldfastError('inexpressible', 'expected a rule that it can express');
  const fates: Fates = {
    'a-a': soundReport,
    'a-b': { wrong },
    'a-c': soundReport,
    'a-d': soundReport,
    'a-e': soundReport,
  };
  const { declare, perform } = seam(fates);
  const took: Readonly<Record<string, number>> = { 'a-a': 120_000, 'a-c': 170_000, 'a-d': 5000 };
  const matrix = await runSeveral(
    {
      ...options(
        folder,
        Object.keys(fates).map((id) => stack(id)),
      ),
      declare: { plan: 'long', seed: '214' },
      night,
    },
    context(new AbortController().signal, said),
    {
      now: () => now,
      declare: async (what) => {
        const ready = await declare(what);
        const plan = what.plan.replace('.yaml', '');
        return { ...ready, declared: { ...ready.declared, plan: { ...ready.declared.plan, id: plan } } };
      },
      perform: async (run, how) => {
        const { stack, plan } = run.declared;
        ran.push([stack.id, plan.id]);
        now += took[stack.id]!;
        const done = await perform(run, how);
        return { ...done, report: { ...done.report, plan: plan.id } };
      },
    },
  );
  t.strictSame(ran, [
    ['a-a', 'long'],
    ['a-c', 'short'],
  ]);
  t.match(said.join('\n'), /budget 5m: a-a long, a-c short, a-d short, a-e short/);
  t.match(said.join('\n'), /a-d: left out: 10s of the budget are left/);
  t.strictSame(
    matrix.rows.map(({ stack, plan, verdict, asExpected, trimmed }) => [
      stack,
      plan,
      verdict,
      asExpected,
      trimmed?.refused,
    ]),
    [
      ['a-a', 'long', 'HOLDS', true, undefined],
      ['a-b', null, 'ERROR', false, undefined],
      ['a-c', 'short', 'HOLDS', true, 'long'],
      ['a-d', null, 'UNKNOWN', false, 'short'],
      ['a-e', null, 'UNKNOWN', false, 'short'],
    ],
  );
  t.strictSame(matrix.budget, { ms: 300_000, spentMs: 290_000 });
  t.equal(matrix.plan, 'long', 'the matrix is of the plan that was asked for');
  t.match(matrix.rows[3]!.unexpected, [/^left out: even short takes about/]);
  const left = matrix.rows.filter(({ verdict }) => verdict === 'UNKNOWN');
  t.equal(exitOfMatrix({ ...matrix, rows: left }), 2, 'who was left out is unknown, never a pass');
  t.equal(exitOfMatrix({ ...matrix, rows: [matrix.rows[2]!] }), 0, 'a lighter plan that holds is a pass of that plan');
  t.strictSame(await readMatrix(folder), matrix);
});

t.test('defaults that hold, or that are broken by something else, end with 1', async (t) => {
  const run = (report: Report) =>
    runSeveral(
      options(join(t.testdir(), 'out'), [shipped]),
      context(new AbortController().signal),
      seam({ 'x-defaults': report }),
    );
  t.equal(exitOfMatrix(await run(soundReport)), 1);
  const more = brokenReport.attacks.map((attack) =>
    attack.id === 'E1' ? { ...attack, verdict: 'fail' as const } : attack,
  );
  t.equal(exitOfMatrix(await run({ ...brokenReport, attacks: more })), 1);
  t.equal(exitOfMatrix(await run({ ...brokenReport, verdict: 'INVALID' })), 2);
});

t.test('an image that cannot be had is said, and the others are brought; an interruption ends it', async (t) => {
  const controller = new AbortController();
  const [said, brought]: [string[], string[]] = [[], []];
  const bring = async (name: string): Promise<void> => {
    if (name === 'b') throw new HoldfastError('no-image', 'expected to make b');
    brought.push(name);
  };
  await bringImages(['a', 'b', 'c'], context(controller.signal, said), bring);
  t.strictSame([brought, said], [['a', 'c'], ['images: b: expected to make b']]);
  controller.abort(new HoldfastError('interrupted', 'stopped: SIGINT'));
  await t.rejects(bringImages(['b'], context(controller.signal), bring), { code: 'interrupted' });
});
