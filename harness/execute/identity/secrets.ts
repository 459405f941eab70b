import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyPair } from './mint.ts';

/** A certificate, its key, and the CA that its holder trusts; all PEM. */
export type Credentials = KeyPair & { readonly ca: string };

/**
 * Writes `<folder>/<member>/{cert,key,ca}.pem`, readable by the user of the harness alone: the containers run as that user.
 * This is the only place where a private key of a run touches a disk, and the folder is the run's scratch.
 */
export const writeCredentials = async (folder: string, members: ReadonlyMap<string, Credentials>): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  for (const [member, credentials] of members) {
    const own = join(folder, member);
    await mkdir(own, { recursive: true, mode: 0o700 });
    for (const part of ['cert', 'key', 'ca'] as const) {
      await writeFile(join(own, `${part}.pem`), credentials[part], { mode: 0o600 });
    }
  }
};
