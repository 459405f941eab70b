import { mkdirSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildReport, serialiseReport } from '../../check/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { HistoryRecord, Kinds, Report } from '../../model/index.ts';
import { proveRun } from '../../prove/index.ts';
import type { SigningKey } from '../../prove/index.ts';
import { writeHistory } from '../../record/history/index.ts';
import { renderReport } from '../../../reports/index.ts';
import { writeBundles } from './bundles.ts';
import type { Made } from './bundles.ts';

/** Makes the folder of a run. Throws `usage` where it cannot, or something is in it: a run never overwrites another. */
export const makeRunFolder = (folder: string): void => {
  const refuse = (found: string, cause?: unknown): never => {
    throw new HoldfastError('usage', `expected the name of a new or empty folder, found ${found}`, {
      hint: 'name another folder, or remove this one',
      cause,
    });
  };
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    refuse(`that ${folder} cannot be made`, cause);
  }
  if (readdirSync(folder).length > 0) refuse(`files in ${folder}`);
};

/** Removes what stands in the folder of a run that has nothing to show, and the folder itself where that can be. */
export const discardRunFolder = (folder: string): void => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  try {
    rmdirSync(folder);
  } catch {
    // The user's own folder may be a mount, or in one that cannot be written: it is empty, as it was.
  }
};

/**
 * From a history to a finished run folder: history, report, page, the bundles of its incidents, proof. The proof is last: it covers
 * all the others. `made`: what the run was made with; null where nothing was mounted.
 */
export const finishRun = async (
  folder: string,
  records: readonly HistoryRecord[],
  kinds: Kinds,
  key: SigningKey,
  made: Made | null,
): Promise<Report> => {
  writeHistory(join(folder, 'history.ndjson.gz'), records);
  const report = buildReport(records, kinds);
  writeFileSync(join(folder, 'report.json'), serialiseReport(report));
  writeFileSync(join(folder, 'report.html'), await renderReport(report, 'html', { colour: false, columns: 100 }));
  if (made !== null) writeBundles(folder, { ...made, records, report, kinds });
  proveRun(folder, report, key);
  return report;
};
