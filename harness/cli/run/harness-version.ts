import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../declare/discover/index.ts';

/** Version of this Holdfast. Effects: reads package.json. */
export const harnessVersion = (): string =>
  (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version;
