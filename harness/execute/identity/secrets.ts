import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KeyPair } from './mint.ts';

/** A certificate, its key, and the CA that its holder trusts; all PEM. */
export type Credentials = KeyPair & { readonly ca: string };

/** The files of a holder: certificate and key apart and, for programs that want it so, in one file. */
export const filesOf = ({ cert, key, ca }: Credentials): Readonly<Record<string, string>> => ({
  'cert.pem': cert,
  'key.pem': key,
  'cert-and-key.pem': cert + key,
  'ca.pem': ca,
});

/**
 * Writes `<folder>/<holder>/<file>`, readable by the user of the harness alone: the containers run as that user. This is the only
 * place where a private key of a run touches a disk, and the folder is the run's scratch.
 */
export const writeSecretFiles = async (
  folder: string,
  holders: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  for (const [holder, files] of Object.entries(holders)) {
    for (const [name, content] of Object.entries(files)) {
      const file = join(folder, holder, name);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, content, { mode: 0o600 });
    }
  }
};
