import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Holdfast's cache folder, made where it is absent: `$XDG_CACHE_HOME/holdfast` or `~/.cache/holdfast`. */
export const cacheFolder = (): string => {
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'holdfast');
  mkdirSync(folder, { recursive: true });
  return folder;
};
