import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { projectRoot } from '../../harness/declare/discover/index.ts';
import type { Planted } from './planted.ts';

/** A night of which nothing came in this time has failed. */
const patienceMs = 300_000;

/**
 * Runs `quick` into a folder, with an overlay or without, as a user would. What is there already is not run again, so that an interrupted
 * series goes on where it was. Throws where a run leaves no report.
 */
export const record = async (folder: string, overlay: Planted['overlay'] | null): Promise<void> => {
  if (existsSync(join(folder, 'proof.dsse.json'))) return;
  rmSync(folder, { recursive: true, force: true });
  const main = join(projectRoot, 'harness/cli/main.ts');
  const layer = overlay === null ? null : layOut(overlay, `${folder}.overlay`);
  const { stderr, exitCode } = await execa(
    process.execPath,
    [main, 'run', 'quick', '--out', folder, ...(layer === null ? [] : ['--overlay', layer])],
    { cwd: projectRoot, reject: false, stdin: 'ignore', timeout: patienceMs, forceKillAfterDelay: 30_000 },
  );
  if (!existsSync(join(folder, 'proof.dsse.json')))
    throw new Error(`expected a finished run in ${folder}, found none (exit ${exitCode}): ${stderr.slice(-2000)}`);
};

const layOut = (overlay: Planted['overlay'], folder: string): string => {
  if (typeof overlay === 'string') return join(projectRoot, overlay);
  for (const [name, text] of overlay) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
};
