import { resolve } from 'node:path';

/** The folder of the project: where scenarios, fixtures and reports are. */
export const projectRoot = resolve(import.meta.dirname, '../../..');
