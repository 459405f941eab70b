import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { ZodType } from 'zod';
import { HoldfastError } from '../../model/index.ts';
import type { Place } from '../../model/index.ts';
import { explain, flatten } from './explain.ts';
import type { Path } from './explain.ts';
import { keyOffset, nodeOffset } from './offset.ts';

/** A file that was read and validated, and the way from a path within its value back to a place in its text. */
export type YamlDocument<T> = {
  readonly value: T;
  /** Place of the node at `path`; of the nearest ancestor that exists where there is no such node. */
  readonly placeOf: (path: Path) => Place;
};

/**
 * Reads a YAML file against a schema (strict objects, so that an unknown key is an error).
 * Throws `bad-input`, with the place of the offending node.
 */
export const readYaml = <T>(file: string, schema: ZodType<T>): T => readYamlDocument(file, schema).value;

/** As `readYaml`, and keeps the places, for checks across parts of the file. Throws `bad-input`. */
export const readYamlDocument = <T>(file: string, schema: ZodType<T>): YamlDocument<T> => {
  const { document, lines, value } = parsed(file, readText(file));
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  // A copy: what a schema passes on as it is belongs to who reads it.
  const found = structuredClone(value);
  const result = schema.safeParse(found);
  if (result.success) {
    return { value: result.data, placeOf: (path) => at(nodeOffset(document, path)) };
  }
  const complaints = flatten(result.error.issues).map((issue) => {
    const { message, hint, onKey } = explain(issue, schema, found);
    return {
      message,
      hint,
      unknownKey: onKey !== undefined,
      offset: onKey === undefined ? nodeOffset(document, issue.path) : keyOffset(document, issue.path, onKey),
    };
  });
  // A mistyped key shows as an unknown key and a missing one: the unknown one is what the reader must look at.
  complaints.sort((a, b) => Number(b.unknownKey) - Number(a.unknownKey) || a.offset - b.offset);
  const first = complaints[0]!;
  const more = complaints.length > 1 ? ` (and ${complaints.length - 1} more in this file)` : '';
  throw new HoldfastError('bad-input', first.message + more, { hint: first.hint, place: at(first.offset) });
};

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new HoldfastError(
      'bad-input',
      `expected a readable file, found ${code === 'ENOENT' ? 'none of this name' : code}`,
      {
        hint: 'check the path',
        place: { file },
        cause,
      },
    );
  }
};

type Parsed = {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly value: unknown;
};

/** What was parsed last of each file: many stacks name the same products, and a command reads them several times. */
const known = new Map<string, Parsed>();

const parsed = (file: string, text: string): Parsed => {
  const last = known.get(file);
  if (last?.text === text) return last;
  const lines = new LineCounter();
  const document = parse(file, text, lines);
  const made = { text, document, lines, value: toValue(document, file) };
  known.set(file, made);
  return made;
};

const parse = (file: string, text: string, lines: LineCounter): Document.Parsed => {
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    strict: true,
    merge: true,
  });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem === undefined) return document;
  const { line, col } = lines.linePos(problem.pos[0]);
  const duplicate = problem.code === 'DUPLICATE_KEY';
  throw new HoldfastError(
    'bad-input',
    duplicate ? 'expected each key once, found the same key again' : `expected valid YAML, found: ${problem.message}`,
    {
      hint: duplicate ? 'remove one of the two' : 'mend the syntax at this place',
      place: { file, line, column: col },
      cause: problem,
    },
  );
};

const toValue = (document: Document.Parsed, file: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new HoldfastError('bad-input', `expected YAML that resolves, found: ${(cause as Error).message}`, {
      hint: 'write the values out instead of using aliases',
      place: { file, line: 1, column: 1 },
      cause,
    });
  }
};
