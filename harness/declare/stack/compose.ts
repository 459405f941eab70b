import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Document, parseDocument } from 'yaml';
import { HoldfastError, roles } from '../../model/index.ts';
import type { Place } from '../../model/index.ts';
import { readYamlDocument } from '../yaml/index.ts';
import { composeSchema } from './schema.ts';

/** A compose file with what it includes: its text, and of each service its role and where that is said. */
export type Compose = {
  readonly text: string;
  readonly services: ReadonlyMap<string, { readonly role: string; readonly place: Place }>;
};

/**
 * Reads a compose file and, as compose itself would, what it includes (paths from the file; the short form alone). A part may be
 * included twice; two different definitions of one name are an error. Throws `bad-input` with the place.
 */
export const readCompose = (file: string): Compose => {
  const files = included(file, []);
  const services = new Map(files.flatMap((one) => [...rolesOf(one)]));
  if (files.length === 1) return { text: readFileSync(file, 'utf8'), services };
  return { text: assembled(file, files), services };
};

/** What was put together last of each file, and of which texts: a command reads a stack several times, and merging is slow. */
const known = new Map<string, { readonly parts: string; readonly text: string }>();

const assembled = (file: string, files: readonly string[]): string => {
  const parts = JSON.stringify(files.map((one) => [one, readFileSync(one, 'utf8')]));
  const last = known.get(file);
  if (last?.parts === parts) return last.text;
  const text = assemble(files);
  known.set(file, { parts, text });
  return text;
};

const assemble = (files: readonly string[]): string => {
  const merged: Record<string, Record<string, unknown>> = {};
  for (const one of files) {
    const { value, placeOf } = readYamlDocument(one, composeSchema);
    const whole = plain(one);
    for (const section of ['services', 'networks', 'volumes'] as const) {
      const entries = (whole[section] ?? {}) as Record<string, unknown>;
      for (const [name, entry] of Object.entries(entries)) {
        const before = (merged[section] ??= {})[name];
        if (before !== undefined && !isDeepStrictEqual(before, entry))
          throw new HoldfastError('bad-input', `expected one definition of ${section}.${name}, found another one`, {
            hint: `it is defined in one of: ${value.include.join(', ') || files.join(', ')}`,
            place: placeOf([section, name]),
          });
        merged[section][name] = entry;
      }
    }
  }
  const document = new Document(merged, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  return document.toString({ lineWidth: 120 });
};

const plain = (file: string): Record<string, unknown> =>
  parseDocument(readFileSync(file, 'utf8'), { merge: true }).toJS() as Record<string, unknown>;

/** The file and all that it includes, itself last, each once. */
const included = (file: string, above: readonly string[]): readonly string[] => {
  const { value, placeOf } = readYamlDocument(file, composeSchema);
  if (above.includes(file))
    throw new HoldfastError('bad-input', 'expected a compose file that does not include itself, found that it does', {
      hint: 'remove this include',
      place: placeOf(['include']),
    });
  const below = value.include.flatMap((path) => included(resolve(dirname(file), path), [...above, file]));
  return [...new Set([...below, file])];
};

const rolesOf = (file: string): ReadonlyMap<string, { role: string; place: Place }> => {
  const { value, placeOf } = readYamlDocument(file, composeSchema);
  return new Map(
    Object.entries(value.services).map(([name, { labels }]) => {
      const role = labels['holdfast.role'];
      const place = placeOf(['services', name, 'labels', 'holdfast.role']);
      if (!(roles as readonly string[]).includes(role))
        throw new HoldfastError('bad-input', `expected a role, found "${role}"`, {
          hint: `one of ${roles.join(', ')}`,
          place,
        });
      return [name, { role, place }] as const;
    }),
  );
};
