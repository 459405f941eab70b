import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { comparisonFormats } from '../../../reports/comparison/index.ts';
import { HoldfastError } from '../../model/index.ts';

/** A file to write, and the format that it should have. */
export type Output = { readonly file: string; readonly format: string };

/** The format of each file, by its extension; `format` says it where there is one file. Throws `usage`. */
export const outputsOf = (format: string | undefined, files: readonly string[]): readonly Output[] => {
  if (format !== undefined && files.length > 1)
    throw new HoldfastError('usage', 'expected --format with one --out at most, found several', {
      hint: 'leave --format away: the extensions say it',
    });
  const known = Object.entries(comparisonFormats);
  return files.map((file) => {
    const fit = format ?? known.find(([, extension]) => `.${extension}` === extname(file))?.[0];
    if (fit !== undefined) return { file, format: fit };
    throw new HoldfastError(
      'usage',
      `expected a file that ends in ${known.map(([, extension]) => `.${extension}`).join(', ')}, got "${file}"`,
      { hint: 'name the format: --format html' },
    );
  });
};

/** Writes a file. Throws `usage` where it cannot be written. */
export const writeOutput = (file: string, text: string): Promise<void> =>
  writeFile(file, text).catch((cause: unknown) => {
    throw new HoldfastError(
      'usage',
      `expected a file that can be written, got "${file}": ${String((cause as Error).message)}`,
      { hint: 'make the folder first, or name another', cause },
    );
  });
