import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { serialiseReport } from '../../../harness/check/index.ts';
import { expectationOf } from '../../../harness/cli/run/index.ts';
import { defaultsPage, readProducts } from '../../../reports/matrix/defaults/index.ts';
import { anchor, block, cell, prose } from '../../../reports/matrix/defaults/prose.ts';
import { buildMatrix } from '../../../reports/matrix/index.ts';
import type { Matrix, MatrixEntry } from '../../../reports/matrix/index.ts';
import { soundMatrix } from '../../../reports/matrix/sample.ts';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';

const entry = (id: string, product: string | null, report = brokenReport): MatrixEntry => ({
  stack: {
    id,
    title: id,
    parts: { edge: product === null ? id.split('-')[0]! : null, mesh: 'envoy' },
    features: product === null ? ['mutual-tls'] : [],
    defaults:
      product === null
        ? null
        : {
            product,
            version: '1.2',
            page: 'https://example.com/start',
            documentation: { 'token-claims': 'Says `exp` is not <checked>.' },
            expected: expectationOf(brokenReport, '0'.repeat(64)),
          },
  },
  attacks: brokenReport.attacks.map(({ id }) => ({
    id,
    ...(id === 'E3' && { clause: 'token-claims' as const }),
    ...(id === 'M17' && { needs: ['mutual-tls'] }),
  })),
  outcome: { report, digest: createHash('sha256').update(serialiseReport(report)).digest('hex') },
  folder: id,
  trimmed: null,
});

/** The stacks that there are. */
const known = ['nginx-consul', 'nginx-envoy'].map((id) => ({
  id,
  parts: { edge: 'nginx', mesh: id.slice('nginx-'.length) },
  defaults: null,
}));

/** A folder of a matrix as a run leaves it. */
const measured = (folder: string, entries: readonly MatrixEntry[]): Matrix => {
  for (const { folder: own, outcome } of entries) {
    mkdirSync(join(folder, own!), { recursive: true });
    if (outcome !== null && 'report' in outcome)
      writeFileSync(join(folder, own!, 'report.json'), serialiseReport(outcome.report));
  }
  return buildMatrix(soundMatrix, entries);
};

t.test('each product is shown with what got through, what it says of it, and what to set instead', async (t) => {
  const folder = t.testdir();
  const matrix = measured(folder, [
    entry('nginx-envoy', null, soundReport),
    entry('zeta-defaults', 'Zeta'),
    entry('nginx-defaults', 'nginx'),
  ]);
  const page = defaultsPage(matrix, await readProducts(folder, matrix, known));
  t.match(
    page,
    /\| Attack \| \[nginx 1\.2\]\(#nginx-12\) \| \[Zeta 1\.2\]\(#zeta-12\) \|/,
    'in the order of their names',
  );
  const section = page.split('\n## ').find((part) => part.startsWith('nginx 1.2'))!;
  t.match(section, 'https://example.com/start');
  t.match(section, brokenReport.run);
  const e3 = section.split('\n### ').find((part) => part.startsWith('E3'))!;
  const { admitted, attempts } = brokenReport.attacks.find(({ id }) => id === 'E3')!;
  t.match(e3, `${admitted} of ${attempts} attempts got through`);
  t.match(e3, /```text\n[^]*GET [^]*the attacker saw: [^]*the witness saw: [^]*```/);
  t.match(e3, 'What the documentation says: Says `exp` is not &lt;checked>.');
  t.match(e3, /What to set instead: \S/);
  t.match(section, /### M3[^]*nothing that explains it/, 'what is not admitted is said to be not admitted');
  t.match(section, 'M17: it lacks the feature mutual-tls');
  t.match(section, '`npx holdfast up nginx-envoy --render DIR`');
  t.notMatch(
    page.split('\n## ').find((part) => part.startsWith('Zeta'))!,
    'holds in the same matrix',
  );
  for (const [, link = ''] of page.matchAll(/\]\(#([^)]+)\)/g))
    t.ok(
      page.includes(`<a id="${link}">`) || page.includes(`\n## ${link === 'nginx-12' ? 'nginx' : 'Zeta'} 1.2`),
      link,
    );
  t.equal(
    defaultsPage(matrix, await readProducts(folder, matrix, known)),
    page,
    'the same reports give the same bytes',
  );
});

t.test('only what the matrix judged is shown', async (t) => {
  const folder = t.testdir();
  const matrix = measured(folder, [entry('nginx-defaults', 'nginx')]);
  writeFileSync(
    join(folder, 'nginx-defaults/report.json'),
    serialiseReport({ ...brokenReport, run: 'another', incidents: [] }),
  );
  await t.rejects(readProducts(folder, matrix, known), { code: 'bad-run', message: /another one/ });
  await t.rejects(readProducts(t.testdir({}), matrix, known), { code: 'bad-run', message: /none/ });
  const failed = {
    ...entry('nginx-defaults', 'nginx'),
    outcome: { error: { code: 'no-image', message: 'm', hint: null } },
  };
  await t.rejects(readProducts(folder, buildMatrix(soundMatrix, [failed]), known), {
    code: 'bad-run',
    message: /none: m/,
  });
  const references = measured(folder, [entry('nginx-envoy', null, soundReport)]);
  await t.rejects(readProducts(folder, references, known), { code: 'usage' });
});

t.test('text stands in Markdown as it was meant', async (t) => {
  t.equal(prose(' a <b>\n `<c>` & `d`'), 'a &lt;b> `<c>` &amp; `d`');
  t.equal(cell('a | b'), 'a \\| b');
  t.equal(block('a ``` b'), '````text\na ``` b\n````');
  t.equal(anchor('HAProxy 3.0.11 (LTS)'), 'haproxy-3011-lts');
});
