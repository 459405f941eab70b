import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../harness/model/index.ts';
import type { Report } from '../harness/model/index.ts';
import { parseJson } from './json.ts';
import { upgradeReport } from './older.ts';
import { reportSchema } from './schema/index.ts';

const again =
  'holdfast check RUN computes the report again from the history; holdfast verify RUN says what was altered';

/** A report from the text of a `report.json`, validated against its schema. Throws `bad-run` with the place of the first fault. */
export const parseReport = (text: string, file: string): Report => {
  const data = parseJson(text, file, 'report.json', again);
  const result = reportSchema.safeParse(upgradeReport(data));
  if (result.success) return result.data as Report;
  const version = versionOf(data);
  if (version !== null && version > 2)
    throw new HoldfastError(
      'bad-run',
      `expected a report of version 2 or before, found version ${version}: it was made by a later version of Holdfast`,
      { hint: 'read it with the version that made it, or with a later one', place: { file }, cause: result.error },
    );
  const issue = result.error.issues[0];
  const at = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.map(String).join('.');
  throw new HoldfastError(
    'bad-run',
    `expected a report of schema v2, got a fault at ${at}: ${issue?.message ?? 'unknown'}`,
    { hint: again, place: { file }, cause: result.error },
  );
};

/** The number in the name of its schema; null where it has none. */
const versionOf = (data: unknown): number | null => {
  const { schema } = (data ?? {}) as { readonly schema?: unknown };
  const found = typeof schema === 'string' ? /^https:\/\/holdfast\.dev\/report\/v([0-9]+)$/.exec(schema) : null;
  return found === null ? null : Number(found[1]);
};

/** The report of a finished run, from its folder alone. Throws `bad-run` where it is missing, corrupt or of another schema. */
export const readRunReport = async (folder: string): Promise<Report> => {
  const file = join(folder, 'report.json');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new HoldfastError('bad-run', `expected a finished run with a report.json, got none at ${file}`, {
      hint: `${again}; runs are kept under reports/runs unless --out said otherwise`,
      place: { file },
      cause,
    });
  });
  return parseReport(text, file);
};
