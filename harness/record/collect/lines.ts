import { existsSync, readFileSync } from 'node:fs';

/** The lines of an NDJSON file, parsed; and how many could not be read, the torn last line of a killed writer among them. */
export const readLines = <T>(file: string, parse: (value: unknown) => T | null): { entries: T[]; torn: number } => {
  if (!existsSync(file)) return { entries: [], torn: 0 };
  const entries: T[] = [];
  let torn = 0;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const entry = parsed(line, parse);
    if (entry === null) torn += 1;
    else entries.push(entry);
  }
  return { entries, torn };
};

const parsed = <T>(line: string, parse: (value: unknown) => T | null): T | null => {
  try {
    return parse(JSON.parse(line));
  } catch {
    return null;
  }
};
