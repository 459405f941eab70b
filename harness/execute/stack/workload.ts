import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '../../model/index.ts';
import { identityHeaders } from '../../policy/identity-headers.ts';

/**
 * Makes the folder that every workload of a stack is started from: the app's program, and `app.json` beside it, with the call graph and
 * the headers that its journal must hold. Effects: writes the folder.
 */
export const writeWorkload = (stack: Pick<Stack, 'app'>, folder: string): string => {
  mkdirSync(folder, { recursive: true });
  cpSync(join(stack.app.folder, 'workload'), folder, { recursive: true });
  const { names, prefixes } = identityHeaders;
  const told = { services: stack.app.services, identityHeaders: { names, prefixes } };
  writeFileSync(join(folder, 'app.json'), `${JSON.stringify(told, null, 2)}\n`);
  return folder;
};
