import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError } from '../model/index.ts';

/** The files that a proof adds to a run's folder and that its manifest cannot hold. */
export const proofFiles = {
  manifest: 'manifest.json',
  posture: 'proof.dsse.json',
  testResult: 'test-result.dsse.json',
} as const;

/** Every other file of a run's folder, by its path with slashes. */
export type Manifest = Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;

const outside: ReadonlySet<string> = new Set(Object.values(proofFiles));

/**
 * Reads the manifest of a folder from its files. Throws `bad-run` where something is neither a file nor a folder: a link would
 * let what was signed change afterwards.
 */
export const takeManifest = (folder: string): Manifest =>
  Object.fromEntries(filesOf(folder).map((file) => [file, digestOf(join(folder, file))]));

/** Paths of the files that belong into the manifest, sorted. Throws `bad-run` as `takeManifest` does. */
export const filesOf = (folder: string): string[] => {
  const files: string[] = [];
  const walk = (under: string): void => {
    for (const entry of readdirSync(join(folder, under), { withFileTypes: true })) {
      const path = under === '' ? entry.name : `${under}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (!entry.isFile()) {
        throw new HoldfastError(
          'bad-run',
          `expected only files and folders in ${folder}, found that ${path} is neither`,
          {
            hint: 'remove it, or replace it by the file that it stands for',
          },
        );
      } else if (!outside.has(path)) files.push(path);
    }
  };
  walk('');
  return files.toSorted((a, b) => (a < b ? -1 : 1));
};

/** SHA-256 and size of a file, read in pieces. */
export const digestOf = (file: string): Manifest[string] => {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(1 << 16);
  const handle = openSync(file, 'r');
  try {
    let bytes = 0;
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
      hash.update(piece.subarray(0, read));
      bytes += read;
    }
    return { sha256: hash.digest('hex'), bytes };
  } finally {
    closeSync(handle);
  }
};

/** The bytes of `manifest.json`. */
export const serialiseManifest = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

/** Reads `manifest.json` as text; null where it is not one. */
export const parseManifest = (text: string): Manifest | null => {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return null;
    const manifest = parsed as Manifest;
    const sound = Object.values(manifest).every(
      (entry) =>
        typeof entry === 'object' &&
        entry !== null &&
        typeof entry.sha256 === 'string' &&
        typeof entry.bytes === 'number',
    );
    return sound && serialiseManifest(manifest) === text ? manifest : null;
  } catch {
    return null;
  }
};
