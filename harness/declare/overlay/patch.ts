import { isDeepStrictEqual } from 'node:util';
import { applyPatch } from 'rfc6902';
import { Document, parseDocument } from 'yaml';
import { z } from 'zod';
import { HoldfastError } from '../../model/index.ts';
import { readYamlDocument } from '../yaml/index.ts';

const pointer = z
  .string()
  .regex(/^(\/([^~]|~[01])*)?$/, 'expected a JSON pointer (RFC 6901) such as /static_resources/listeners/0');

const operations = z
  .array(
    z.discriminatedUnion('op', [
      z.strictObject({ op: z.literal('add'), path: pointer, value: z.json() }),
      z.strictObject({ op: z.literal('remove'), path: pointer }),
      z.strictObject({ op: z.literal('replace'), path: pointer, value: z.json() }),
      z.strictObject({ op: z.literal('move'), from: pointer, path: pointer }),
      z.strictObject({ op: z.literal('copy'), from: pointer, path: pointer }),
      z.strictObject({ op: z.literal('test'), path: pointer, value: z.json() }),
    ]),
  )
  .min(1);

/**
 * Applies the RFC 6902 operations of `patchFile` to the text of a YAML or JSON file called `target`. Throws `bad-input`, with the place of the
 * operation, where one fails, and where the whole changes nothing: a change that is not there would be tested in vain.
 */
export const patchYaml = (text: string, target: string, patchFile: string): string => {
  const { value: patch, placeOf } = readYamlDocument(patchFile, operations);
  const before = parseDocument(text, { merge: true });
  const unpatched: unknown = before.toJS();
  const value = structuredClone(unpatched);
  patch.forEach((operation, i) => {
    const [failure] = applyPatch(value, [operation]);
    if (failure === null || failure === undefined) return;
    throw new HoldfastError(
      'bad-input',
      `expected an operation that applies to ${target}, found ${operation.op} ${operation.path}: ${words(failure)}`,
      {
        hint: `look at ${target} as it is rendered: npx holdfast run PLAN --render DIR`,
        place: placeOf([i]),
        cause: failure,
      },
    );
  });
  if (isDeepStrictEqual(value, unpatched)) {
    throw new HoldfastError('bad-input', `expected a change to ${target}, found a patch after which it is the same`, {
      hint: 'remove the patch, or mend its operations',
      place: placeOf([0]),
    });
  }
  // A program that reads a file of this name as JSON is strict about it.
  if (target.endsWith('.json')) return `${JSON.stringify(value, null, 2)}\n`;
  const after = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  after.commentBefore = before.commentBefore;
  return after.toString({ lineWidth: 120 });
};

const words = (failure: Error): string =>
  failure.name === 'MissingError'
    ? 'there is nothing at this path'
    : failure.name === 'TestError'
      ? 'the value there is another one'
      : failure.message;
