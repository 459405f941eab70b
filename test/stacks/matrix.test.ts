import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { exitOfVerdict } from '../../harness/cli/index.ts';
import type { Report } from '../../harness/model/index.ts';
import { readMatrix } from '../../reports/matrix/index.ts';
import { nothingLeft } from './support/acceptance.ts';
import { holdfast, makePlace, start } from './support/cli.ts';

// Several stacks as a user meets them: the launcher, real containers, the short plan `sabotage`.
const place = makePlace();
t.teardown(place.remove);
t.setTimeout(600_000);

t.test('each stack is a run of its own, and the matrix says what came of it', async (t) => {
  const folder = place.out('matrix');
  const args = ['run', 'sabotage', '--stack', 'envoy-envo?', '--seed', 'matrix', '--out', folder];
  const { code, out, err } = await holdfast(place, args);
  const report = readFileSync(join(folder, 'envoy-envoy/report.json'));
  const { verdict, reasons } = JSON.parse(report.toString()) as Report;
  // On a busy machine a run may lack evidence; it is never broken, and the matrix says the same as the report.
  t.not(verdict, 'BROKEN', JSON.stringify(reasons));
  t.equal(code, exitOfVerdict(verdict), err);
  t.match(out, verdict === 'HOLDS' ? /^✔ AS EXPECTED/ : /^✘ NOT AS EXPECTED/);
  const matrix = (await readMatrix(folder))!;
  t.match(matrix, { plan: 'sabotage', seed: 'matrix', asExpected: verdict === 'HOLDS' });
  const [row, ...others] = matrix.rows;
  t.strictSame(others, []);
  t.match(row, { stack: 'envoy-envoy', verdict, error: null, folder: 'envoy-envoy' });
  t.equal(createHash('sha256').update(report).digest('hex'), row!.digest, 'the row is of this report');
  t.match(await holdfast(place, ['verify', join(folder, 'envoy-envoy')]), { code: 0 }, 'its proof is sound');
  for (const name of ['matrix.html', 'matrix.md']) t.match(readFileSync(join(folder, name), 'utf8'), 'envoy-envoy');
  await nothingLeft(t, place, row!.run!);
});

t.test('Ctrl-C ends all of them, and leaves the matrix of what there is', async (t) => {
  const folder = place.out('interrupted');
  const started = start(place, [
    'run',
    'sabotage',
    '--stack',
    'envoy-envoy',
    '--stack',
    'haproxy-envoy',
    '--out',
    folder,
  ]);
  await started.said(/envoy-envoy: stack: serving/);
  const run = started.run();
  started.interrupt();
  const { code, err } = await started.ended;
  t.equal(code, 2, err);
  t.notMatch(err, /haproxy-envoy: stack/, 'the second was not begun');
  const matrix = (await readMatrix(folder))!;
  t.match(
    matrix.rows.map(({ stack, asExpected }) => [stack, asExpected]),
    [
      ['envoy-envoy', false],
      ['haproxy-envoy', false],
    ],
  );
  t.match(matrix.rows[1]!.error, { code: 'interrupted', message: /not run/ });
  t.ok(existsSync(join(folder, 'matrix.html')));
  await nothingLeft(t, place, run);
});
