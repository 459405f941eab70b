import { existsSync } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { z } from 'zod';
import { HoldfastError } from '../../harness/model/index.ts';
import type { Night, Unreadable } from '../../harness/trend/index.ts';
import { nightMatrixSchema, nightSchema } from './schema.ts';

/** What a folder holds, sorted by name; links are followed. */
type Content = { readonly files: readonly string[]; readonly folders: readonly string[] };

const contentOf = async (folder: string): Promise<Content> => {
  const names = (await readdir(folder)).toSorted();
  const kinds = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => null)));
  return {
    files: names.filter((_, at) => kinds[at]?.isFile() === true),
    folders: names.filter((_, at) => kinds[at]?.isDirectory() === true),
  };
};

const faultOf = (error: z.ZodError): string => {
  const issue = error.issues[0];
  const at = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.map(String).join('.');
  return `not a report: a fault at ${at}: ${issue?.message ?? 'unknown'}`;
};

/** How deep below the folder of the trend nights are looked for: a run folder within a matrix folder. */
const deepest = 2;

/** What makes a folder without a report one in which a run was begun. */
const beginnings = ['history.ndjson.gz', 'schedule.json', 'manifest.json'];

/**
 * Every night below a folder: run folders, matrix folders, and reports as single files, at a depth of up to two. What looks like a
 * night and cannot be read comes back with the reason. Throws `usage` where there is no such folder.
 */
export const readNights = async (
  root: string,
): Promise<{ readonly nights: readonly Night[]; readonly unreadable: readonly Unreadable[] }> => {
  const nights: Night[] = [];
  const unreadable: Unreadable[] = [];
  const placeOf = (file: string): string => relative(root, file) || '.';
  const refuse = (file: string, reason: string): void => void unreadable.push({ place: placeOf(file), reason });

  const parse = async (file: string): Promise<unknown> => {
    try {
      return JSON.parse(await readFile(file, 'utf8')) as unknown;
    } catch (error) {
      refuse(file, error instanceof SyntaxError ? `not JSON: ${error.message}` : String((error as Error).message));
      return undefined;
    }
  };

  /** A report; a file of another name is passed over where it does not say that it is one. */
  const take = async (file: string, asExpected: boolean | null): Promise<void> => {
    const data = await parse(file);
    if (data === undefined) return;
    const result = nightSchema.safeParse(data);
    const says = nightSchema.shape.schema.safeParse((data as { schema?: unknown } | null)?.schema).success;
    if (!result.success) {
      if (says || basename(file) === 'report.json') refuse(file, faultOf(result.error));
      return;
    }
    const { schema: _, ...night } = result.data;
    const page = join(dirname(file), 'report.html');
    const own = basename(file) === 'report.json' && existsSync(page);
    nights.push({ ...night, place: placeOf(file), page: own ? placeOf(page) : null, asExpected });
  };

  /** What the matrix in a folder says of each of its folders; rows that came to nothing are said at once. */
  const expectations = async (file: string): Promise<ReadonlyMap<string, boolean>> => {
    const result = nightMatrixSchema.safeParse(await parse(file));
    if (!result.success) return new Map();
    for (const { stack, error } of result.data.rows)
      if (error !== null) refuse(join(dirname(file), stack), `no report of this stack: ${error.message}`);
    return new Map(
      result.data.rows.flatMap(({ folder, asExpected, error }) =>
        folder === null || error !== null ? [] : [[folder, asExpected] as const],
      ),
    );
  };

  const walk = async (folder: string, depth: number, asExpected: boolean | null): Promise<void> => {
    const { files, folders } = await contentOf(folder);
    if (files.includes('report.json')) return take(join(folder, 'report.json'), asExpected);
    if (files.some((name) => beginnings.includes(name))) {
      return refuse(
        folder,
        'a run without a report.json: it did not finish; holdfast check computes one from a history',
      );
    }
    const matrix = files.includes('matrix.json')
      ? await expectations(join(folder, 'matrix.json'))
      : new Map<string, boolean>();
    for (const name of files)
      if (name.endsWith('.json') && name !== 'matrix.json' && name !== 'trend.json')
        await take(join(folder, name), null);
    if (depth === deepest) return;
    for (const name of folders) await walk(join(folder, name), depth + 1, matrix.get(name) ?? null);
  };

  if (!(await stat(root).catch(() => null))?.isDirectory())
    throw new HoldfastError('usage', `expected a folder of nights, got "${root}", which is none`, {
      hint: 'holdfast trend reports/runs',
    });
  await walk(root, 0, null);
  return { nights, unreadable };
};
