import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialiseReport } from '../../harness/check/index.ts';
import { readStack } from '../../harness/declare/stack/index.ts';
import { discoverAttackMetas, projectRoot } from '../../harness/declare/discover/index.ts';
import type { Report } from '../../harness/model/index.ts';
import { renderReport } from '../../reports/index.ts';
import { buildMatrix, renderMatrix, serialiseMatrix } from '../../reports/matrix/index.ts';
import type { MatrixEntry, MatrixTrim } from '../../reports/matrix/index.ts';

/** A stack's part of a night: the report of its run, or what the budget took away. */
export type Part = { readonly report: Report } | { readonly leftOut: MatrixTrim };

/** Writes the folder of a night as a run leaves it, histories and proofs apart: parts by the id of their stack. */
export const writeNight = async (folder: string, parts: Readonly<Record<string, Part>>): Promise<string> => {
  const entries: MatrixEntry[] = [];
  const attacks = [...discoverAttackMetas().values()].map(({ meta }) => meta);
  for (const [id, part] of Object.entries(parts)) {
    const stack = readStack(join(projectRoot, 'fixtures/stacks', id));
    if ('leftOut' in part) {
      entries.push({ stack, attacks, outcome: null, folder: null, trimmed: part.leftOut });
      continue;
    }
    const report = { ...part.report, stack: id };
    const text = serialiseReport(report);
    mkdirSync(join(folder, id), { recursive: true });
    writeFileSync(join(folder, id, 'report.json'), text);
    writeFileSync(join(folder, id, 'report.html'), await renderReport(report, 'html'));
    const digest = createHash('sha256').update(text).digest('hex');
    entries.push({ stack, attacks, outcome: { report, digest }, folder: id, trimmed: null });
  }
  const matrix = buildMatrix(
    {
      matrix: 'm20261124-020000-aa11',
      startedAt: '2026-11-24T02:00:00.000Z',
      harness: '0.1.0',
      plan: 'two-fourteen',
      seed: '214',
      only: null,
      overlay: false,
      budget: { ms: 2_700_000, spentMs: 2_600_000 },
    },
    entries,
  );
  writeFileSync(join(folder, 'matrix.json'), serialiseMatrix(matrix));
  writeFileSync(join(folder, 'matrix.html'), await renderMatrix(matrix, 'html'));
  return folder;
};
