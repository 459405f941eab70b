import { HoldfastError } from '../../model/index.ts';
import type { Policy } from '../../model/index.ts';
import { nearest, readYamlDocument } from '../yaml/index.ts';
import type { Path, YamlDocument } from '../yaml/index.ts';
import { linesOf } from './places.ts';
import { policySchema } from './schema.ts';

/** A policy with its file, and the line of each of its parts by name. */
export type OpenedPolicy = {
  readonly policy: Policy;
  readonly file: string;
  readonly lines: ReadonlyMap<string, number>;
};

/** As `openPolicy`; the policy alone. Throws `bad-input`. */
export const readPolicy = (file: string, members?: readonly string[]): Policy => openPolicy(file, members).policy;

/**
 * Reads a policy file, and checks what its parts say of each other. `members`: the edge and the services of the stack that it
 * is for, where known; a call from or to anything else is an error. Throws `bad-input` with the place.
 */
export const openPolicy = (file: string, members?: readonly string[]): OpenedPolicy => {
  const document = readYamlDocument(file, policySchema);
  const policy = document.value;
  uniqueIds(document, 'rules', policy.rules);
  uniqueIds(document, 'rateLimits', policy.rateLimits);
  knownRoles(document);
  if (members !== undefined) knownMembers(document, members);
  oneCallEach(document);
  return { policy, file, lines: linesOf(document) };
};

const refuse = (document: YamlDocument<Policy>, path: Path, message: string, hint: string): never => {
  throw new HoldfastError('bad-input', message, { hint, place: document.placeOf(path) });
};

const uniqueIds = (document: YamlDocument<Policy>, list: string, entries: readonly { readonly id: string }[]): void => {
  entries.forEach(({ id }, i) => {
    const first = entries.findIndex((entry) => entry.id === id);
    if (first === i) return;
    const line = document.placeOf([list, first, 'id']).line;
    refuse(
      document,
      [list, i, 'id'],
      `expected each id of ${list} once, found "${id}" again (first in line ${line})`,
      'give it an id of its own',
    );
  });
};

const knownRoles = (document: YamlDocument<Policy>): void => {
  const known = Object.keys(document.value.roles);
  document.value.rules.forEach(({ who }, i) => {
    if (who === 'authenticated') return;
    who.forEach((role, j) => {
      if (known.includes(role)) return;
      refuse(
        document,
        ['rules', i, 'who', j],
        `expected a role of this policy, found "${role}"`,
        suggestion(role, known),
      );
    });
  });
};

const knownMembers = (document: YamlDocument<Policy>, members: readonly string[]): void => {
  document.value.calls.forEach((call, i) => {
    for (const end of ['from', 'to'] as const) {
      if (members.includes(call[end])) continue;
      refuse(
        document,
        ['calls', i, end],
        `expected the edge or a service of the stack, found "${call[end]}"`,
        suggestion(call[end], members),
      );
    }
  });
};

const oneCallEach = (document: YamlDocument<Policy>): void => {
  const { calls } = document.value;
  calls.forEach(({ from, to }, i) => {
    if (from === to)
      refuse(
        document,
        ['calls', i, 'to'],
        `expected a call to another member, found ${from} calling itself`,
        'remove this call',
      );
    if (calls.findIndex((call) => call.from === from && call.to === to) === i) return;
    refuse(
      document,
      ['calls', i, 'from'],
      `expected one entry for ${from} → ${to}, found a second`,
      'merge the two, so that the matrix can be read',
    );
  });
};

const suggestion = (word: string, known: readonly string[]): string => {
  const near = nearest(word, known);
  return near === undefined ? `known: ${known.join(', ') || 'none'}` : `did you mean "${near}"?`;
};
