import { readFileSync } from 'node:fs';
import type { Report } from '../../harness/model/index.ts';

const golden = (name: string): Report =>
  JSON.parse(readFileSync(new URL(`../formats/json/golden.${name}.json`, import.meta.url), 'utf8')) as Report;

/**
 * Two reports that `check` made of histories that were answered by code, not by a stack: one that holds and one that is broken in
 * some places. They are the test data of the formats and the schema, and let a format be looked at without containers. Read from their
 * golden files, which `sound.ts` and `broken.ts` make and a test holds to them: to make them takes a second, and thirty tests need them.
 */
export const soundReport: Report = golden('sound');
export const brokenReport: Report = golden('broken');
