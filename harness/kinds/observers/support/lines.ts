import { existsSync, readFileSync } from 'node:fs';
import type { LossRecord } from '../../../model/index.ts';

/**
 * The lines of an NDJSON file, parsed. `beside`: lines that the writer puts there of itself, and that say nothing here. What could not be read is a loss under the name `lost`: lines, the torn last one of a
 * killed writer among them, or the whole file where there is none, for silence must not read as "nothing arrived".
 */
export const readLines = <T>(
  file: string,
  lost: Pick<LossRecord, 'observer' | 'data'>,
  parse: (value: unknown) => T | null,
  beside?: RegExp,
): { entries: T[]; losses: LossRecord[] } => {
  if (!existsSync(file)) return { entries: [], losses: [{ type: 'loss', ...lost, code: 'no-file', count: 1 }] };
  const entries: T[] = [];
  let torn = 0;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '' || beside?.test(line)) continue;
    const entry = parsed(line, parse);
    if (entry === null) torn += 1;
    else entries.push(entry);
  }
  const losses: LossRecord[] = torn === 0 ? [] : [{ type: 'loss', ...lost, code: 'unreadable', count: torn }];
  return { entries, losses };
};

const parsed = <T>(line: string, parse: (value: unknown) => T | null): T | null => {
  try {
    return parse(JSON.parse(line));
  } catch {
    return null;
  }
};
