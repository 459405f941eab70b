import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectRoot } from '../../declare/discover/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Baseline } from '../../model/index.ts';
import { parseJson } from '../../../reports/json.ts';
import { upgradeBaseline } from '../../../reports/older.ts';
import { baselineName, baselineSchema } from '../../../reports/schema/index.ts';
import { stableJson } from './stable-json.ts';

/** Where baselines are kept unless `--dir` says otherwise. */
export const baselinesFolder = join(projectRoot, 'reports/baselines');

/** Runs that a baseline keeps: enough to measure their spread, few enough to commit. */
export const mostRuns = 10;

/** A baseline as it was read, with its size in bytes. */
export type StoredBaseline = { readonly baseline: Baseline; readonly file: string; readonly bytes: number };

/** Names of the baselines in a folder, sorted; none where there is no such folder. */
export const baselineNames = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => name.slice(0, -'.json'.length))
        .toSorted()
    : [];

/** The file of the baseline of that name. Throws `usage` where it cannot be a name. */
export const baselineFile = (name: string, folder: string): string => {
  if (baselineName.test(name) && !name.endsWith('.json')) return join(folder, `${name}.json`);
  throw new HoldfastError('usage', `expected a name of lower-case letters, digits, dots and dashes, found "${name}"`, {
    hint: 'for example: holdfast baseline set main RUN',
  });
};

/** A baseline from its file. Throws `bad-run` with the place where it is not one. */
export const readBaseline = (file: string): StoredBaseline => {
  const text = readFileSync(file, 'utf8');
  const data = parseJson(text, file, 'the baseline', again(file));
  const result = baselineSchema.safeParse(upgradeBaseline(data));
  if (result.success) return { baseline: result.data as Baseline, file, bytes: Buffer.byteLength(text) };
  const issue = result.error.issues[0];
  throw new HoldfastError(
    'bad-run',
    `expected a baseline of schema v2 as this version writes it, got a fault at ${issue?.path.map(String).join('.') || 'the whole'}: ${issue?.message ?? 'unknown'}`,
    { hint: again(file), place: { file }, cause: result.error },
  );
};

const again = (file: string): string =>
  `make it again from its runs: holdfast baseline set ${basename(file).replace(/\.json$/, '')} RUN [RUN…]`;

/** Writes a baseline, and gives its size in bytes. Throws `usage` where it cannot be written. */
export const writeBaseline = (
  baseline: Baseline,
  folder: string,
): { readonly file: string; readonly bytes: number } => {
  const file = baselineFile(baseline.name, folder);
  const text = stableJson(baseline);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  } catch (cause) {
    throw new HoldfastError('usage', `expected to write ${file}, found that it cannot be written`, {
      hint: 'name another folder with --dir',
      cause,
    });
  }
  return { file, bytes: Buffer.byteLength(text) };
};
