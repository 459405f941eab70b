import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The files in which a configuration differs from another one of the same paths. */
export const changedFiles = (
  own: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> => new Map([...other].filter(([path, text]) => own.get(path) !== text));

/**
 * Writes files that are mounted into running containers. In place, for a mount of a single file is one of its inode; and the new
 * text before the old end is cut off, so that a reader never meets an empty file.
 */
export const writeMounted = (folder: string, files: ReadonlyMap<string, string>): void => {
  for (const [path, text] of files) {
    const bytes = Buffer.from(text);
    const descriptor = openSync(join(folder, path), 'r+');
    try {
      writeSync(descriptor, bytes, 0, bytes.length, 0);
      ftruncateSync(descriptor, bytes.length);
    } finally {
      closeSync(descriptor);
    }
  }
};
