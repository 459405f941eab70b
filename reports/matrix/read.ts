import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../../harness/model/index.ts';
import { matrixSchema } from './schema.ts';
import type { Matrix } from './schema.ts';

/** A matrix from the text of a `matrix.json`, validated against its schema. Throws `bad-run` with the place of the first fault. */
export const parseMatrix = (text: string, file: string): Matrix => {
  const refuse = (found: string, cause: unknown): never => {
    throw new HoldfastError('bad-run', `expected a matrix of schema v1, got ${found}`, {
      hint: 'run it again: npx holdfast run PLAN --stack all',
      place: { file },
      cause,
    });
  };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    return refuse('text that is no JSON', cause);
  }
  const result = matrixSchema.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const at = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.map(String).join('.');
  return refuse(`a fault at ${at}: ${issue?.message ?? 'unknown'}`, result.error);
};

/** The matrix in a folder; null where there is none. Throws `bad-run` where it cannot be read. */
export const readMatrix = async (folder: string): Promise<Matrix | null> => {
  const file = join(folder, 'matrix.json');
  try {
    return parseMatrix(await readFile(file, 'utf8'), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};
