import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { HoldfastError } from '../../model/index.ts';
import type { Gate } from '../../model/index.ts';
import { discoverAttackMetas, projectRoot } from '../discover/index.ts';
import { nearest, readYamlDocument } from '../yaml/index.ts';
import { canMatch, suggestions } from './globs.ts';
import type { KnownNames } from './globs.ts';
import { knownNames } from './known.ts';
import { gateSchema } from './schema.ts';

/** A gate, and the file that it was read from: from the project's folder where it lies below it, else as it was named. */
export type OpenedGate = Gate & { readonly file: string };

/** The gate that is used where none is named. */
export const defaultGate = 'default';

/**
 * Reads a gate by id (`scenarios/gates/<id>.yaml`) or by path. A glob that no line of any comparison could match is an error: a
 * mistyped one would let through what it was written to stop. Throws `bad-input` with the place.
 */
export const openGate = (fileOrId: string = defaultGate, root: string = projectRoot): OpenedGate => {
  const file = locate(fileOrId, root);
  const { value: gate, placeOf } = readYamlDocument(file, gateSchema);
  const stem = basename(file).replace(/\.ya?ml$/, '');
  if (gate.id !== stem)
    throw new HoldfastError('bad-input', `expected the name of the file, "${stem}", found "${gate.id}"`, {
      hint: 'make the two agree',
      place: placeOf(['id']),
    });
  const known = knownNames([...discoverAttackMetas(root).keys()], root);
  for (const key of ['fail', 'need'] as const)
    gate[key].forEach((glob, at) => {
      if (canMatch(glob, known)) return;
      throw new HoldfastError('bad-input', `expected a glob that matches a line of a comparison, found "${glob}"`, {
        hint: suggestion(glob, known),
        place: placeOf([key, at]),
      });
    });
  const below = relative(root, file);
  return { ...gate, file: below.startsWith('..') ? fileOrId : below };
};

const suggestion = (glob: string, known: KnownNames): string => {
  const near = nearest(glob, suggestions(known));
  return near === undefined
    ? 'lines are: verdict, score, throughput, capacity, failed, control ID, attack ID, bound ID, incident ID, floor ROUTE, latency PHASE p50 or p99'
    : `did you mean "${near}"?`;
};

/** Ids of the gates of `scenarios/gates`, sorted. */
export const gateIds = (root: string = projectRoot): readonly string[] => {
  const folder = join(root, 'scenarios/gates');
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => name.slice(0, -'.yaml'.length))
        .toSorted()
    : [];
};

const locate = (fileOrId: string, root: string): string => {
  if (/[/\\]|\.ya?ml$/.test(fileOrId)) return resolve(fileOrId);
  const ids = gateIds(root);
  if (ids.includes(fileOrId)) return join(root, 'scenarios/gates', `${fileOrId}.yaml`);
  const near = nearest(fileOrId, ids);
  throw new HoldfastError('bad-input', `expected a gate of scenarios/gates, found "${fileOrId}"`, {
    hint: near === undefined ? `known: ${ids.join(', ') || 'none'}` : `did you mean "${near}"?`,
  });
};
