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
  const merged: Record<string, Record<string, unknown>> = {};
  for (const one of files) {
    const { value, placeOf } = readYamlDocument(one, composeSchema);
    for (const section of ['services', 'networks', 'volumes'] as const) {
      const entries = (plain(one)[section] ?? {}) as Record<string, unknown>;
      for (const [name, entry] of Object.entries(entries)) {
        const known = (merged[section] ??= {})[name];
        if (known !== undefined && !isDeepStrictEqual(known, entry))
          throw new HoldfastError('bad-input', `expected one definition of ${section}.${name}, found another one`, {
            hint: `it is defined in one of: ${value.include.join(', ') || files.join(', ')}`,
            place: placeOf([section, name]),
          });
        merged[section][name] = entry;
      }
    }
  }
  const document = new Document(merged, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  return { text: document.toString({ lineWidth: 120 }), services };
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
