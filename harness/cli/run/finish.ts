import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildReport, serialiseReport } from '../../check/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { HistoryRecord, Report } from '../../model/index.ts';
import { proveRun } from '../../prove/index.ts';
import type { SigningKey } from '../../prove/index.ts';
import { writeHistory } from '../../record/history/index.ts';
import { renderReport } from '../../../reports/index.ts';

/** Makes the folder of a run. Throws `usage` where something is in it already: a run never overwrites another. */
export const makeRunFolder = (folder: string): void => {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new HoldfastError('usage', `expected --out to name a new or empty folder, found files in ${folder}`, {
      hint: 'name another folder, or remove this one',
    });
  }
  mkdirSync(folder, { recursive: true });
};

/** Writes files below a folder, making the folders on the way. */
export const writeFiles = (folder: string, files: ReadonlyMap<string, string>): void => {
  for (const [name, content] of files) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
};

/** From a history to a finished run folder: history, report, pages, proof. The proof is last: it covers all the others. */
export const finishRun = async (
  folder: string,
  records: readonly HistoryRecord[],
  key: SigningKey,
): Promise<Report> => {
  writeHistory(join(folder, 'history.ndjson.gz'), records);
  const report = buildReport(records);
  writeFileSync(join(folder, 'report.json'), serialiseReport(report));
  writeFileSync(join(folder, 'report.html'), await renderReport(report, 'html', { colour: false, columns: 100 }));
  proveRun(folder, report, key);
  return report;
};
