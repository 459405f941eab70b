import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** SHA-256 in hex. */
export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Every file below a folder, sorted, as paths from it. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

/** One digest over named contents: independent of the order in which they were read. */
export const digestOf = (files: ReadonlyMap<string, string | Uint8Array>): string =>
  sha256(
    [...files]
      .map(([name, content]) => `${sha256(content)}  ${name}\n`)
      .sort()
      .join(''),
  );

/** One digest over every file below some folders. Effects: file system. */
export const digestFolders = (root: string, folders: readonly string[]): string =>
  digestOf(
    new Map(
      folders.flatMap((folder) =>
        filesBelow(join(root, folder)).map((name) => {
          const file = join(root, folder, name);
          return [relative(root, file), readFileSync(file)] as const;
        }),
      ),
    ),
  );
