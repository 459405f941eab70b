import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HoldfastError } from '../../model/index.ts';

/** Writes a rendered report, and for a folder of several also that folder. Throws `usage` where it cannot be written. */
export const writeOutput = async (file: string, bytes: string | Uint8Array, makeFolder: boolean): Promise<void> => {
  try {
    if (makeFolder) await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  } catch (cause) {
    throw new HoldfastError(
      'usage',
      `expected a file that can be written, got "${file}": ${String((cause as Error).message)}`,
      { hint: 'make the folder first, or name another', cause },
    );
  }
};
