import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ZodError } from 'zod';
import { parseReport } from '../../../reports/index.ts';
import { buildReport, serialiseReport } from '../../check/index.ts';
import { discoverKinds } from '../../kinds/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Report } from '../../model/index.ts';
import { readHistory } from '../../record/history/index.ts';
import type { Progress } from '../index.ts';

/** A report as a comparison needs it, and the SHA-256 (hex) of its bytes. */
export type ReadReport = { readonly report: Report; readonly digest: string };

/**
 * The report in a file. Where another version of Holdfast wrote it, so that it lacks what is compared today, it is computed again from
 * the history beside it, in memory: the file stays as its proof covers it. Throws `bad-run`.
 */
export const readComparableReport = async (file: string, progress: Progress): Promise<ReadReport> => {
  const text = readFileSync(file, 'utf8');
  try {
    return { report: parseReport(text, file), digest: sha256(text) };
  } catch (error) {
    const history = join(dirname(file), 'history.ndjson.gz');
    const otherSchema = error instanceof HoldfastError && error.cause instanceof ZodError;
    if (!otherSchema || !existsSync(history)) throw error;
    const report = buildReport(readHistory(history), await discoverKinds());
    progress(
      `${file} is not as this version writes it: computed again from the history beside it, the file left as it is`,
    );
    return { report, digest: sha256(serialiseReport(report)) };
  }
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
