import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** SHA-256 in hex. */
export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Every file below a folder, sorted, as paths from it. A link counts as what it leads to. */
export const filesBelow = (folder: string): string[] => below(folder, '').sort();

const below = (folder: string, prefix: string): string[] =>
  readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = join(prefix, entry.name);
    // The listing says what each entry is; only a link has to be looked at.
    const is = entry.isSymbolicLink() ? statSync(join(folder, path)) : entry;
    return is.isDirectory() ? below(folder, path) : is.isFile() ? [path] : [];
  });

/** One digest over named contents: independent of the order in which they were read. */
export const digestOf = (files: ReadonlyMap<string, string | Uint8Array>): string =>
  sha256(
    [...files]
      .map(([name, content]) => `${sha256(content)}  ${name}\n`)
      .sort()
      .join(''),
  );

/** One digest over every file below some folders, but for those whose path from `root` is left out. Effects: file system. */
export const digestFolders = (
  root: string,
  folders: readonly string[],
  leftOut: (path: string) => boolean = () => false,
): string =>
  digestOf(
    new Map(
      folders
        .flatMap((folder) => filesBelow(join(root, folder)).map((name) => relative(root, join(root, folder, name))))
        .filter((path) => !leftOut(path))
        .map((path) => [path, readFileSync(join(root, path))] as const),
    ),
  );

/** The sabotage that a file belongs to, by its path from the root of the project; null for a file of none. */
export const sabotageOf = (path: string): string | null =>
  /^fixtures\/products\/[^/]+\/sabotage\/([^/]+)\//.exec(path)?.[1] ?? null;

/**
 * What decides a verdict beside plan, policy and attacks: the harness, what it sends load with, the workload, and what is known of
 * each product (compilers, how its log is read, images), without the sabotages, which decide nothing. Effects: file system.
 */
export const digestHarness = (root: string): string =>
  digestFolders(
    root,
    ['harness', 'scenarios/k6', 'fixtures/apps', 'fixtures/images', 'fixtures/products'],
    (path) => sabotageOf(path) !== null,
  );
