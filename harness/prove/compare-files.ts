import { join } from 'node:path';
import { digestOf, filesOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';

/** What differs between a folder and its manifest: each file that is missing, unexpected or changed. */
export const compareFiles = (folder: string, manifest: Manifest): string[] => {
  let present: ReadonlySet<string>;
  try {
    present = new Set(filesOf(folder));
  } catch (error) {
    return [(error as Error).message];
  }
  const unexpected = [...present].filter((file) => !Object.hasOwn(manifest, file));
  return [
    ...Object.entries(manifest).flatMap(([file, expected]) => {
      if (!present.has(file)) return [`${file}: expected a file of ${expected.bytes} bytes, found none`];
      return compareFile(folder, file, expected);
    }),
    ...unexpected.map((file) => `${file}: expected no such file, found one`),
  ];
};

const compareFile = (folder: string, file: string, expected: Manifest[string]): string[] => {
  try {
    const found = digestOf(join(folder, file));
    if (found.bytes !== expected.bytes) return [`${file}: expected ${expected.bytes} bytes, found ${found.bytes}`];
    return found.sha256 === expected.sha256
      ? []
      : [`${file}: expected SHA-256 ${expected.sha256}, found ${found.sha256}`];
  } catch (error) {
    return [`${file}: expected to read it, found that it cannot be read (${(error as Error).message})`];
  }
};
