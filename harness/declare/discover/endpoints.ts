import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { AdminEndpoint } from '../../model/index.ts';
import { readYaml } from '../yaml/index.ts';

const compiles = (text: string): boolean => {
  try {
    return RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
};

const endpoint = z.strictObject({
  path: z.string().regex(/^\/[!-~]*$/, 'expected a path, beginning with a slash'),
  proof: z
    .string()
    .refine(compiles, 'expected a regular expression')
    .refine(
      (text) => !compiles(text) || !new RegExp(text).test(''),
      'expected an expression that no empty answer matches',
    ),
  ports: z.array(z.int().min(1).max(65535)).default([]),
  everywhere: z.boolean().default(false),
});

/** The form of an `endpoints.yaml`. */
const schema = z
  .array(endpoint)
  .min(1)
  .refine((all) => new Set(all.map(({ path }) => path)).size === all.length, 'expected each path once');

/** The admin endpoints of a product; none where it has no such file. Throws `bad-input` with the place. */
export const readEndpoints = (file: string): readonly AdminEndpoint[] =>
  existsSync(file) ? readYaml(file, schema) : [];

/**
 * The endpoints of several products, by path: where two have the same one, at the ports of either, proved by what either answers. In
 * the order of the products. Pure.
 */
export const mergeEndpoints = (all: readonly AdminEndpoint[]): readonly AdminEndpoint[] =>
  [...Map.groupBy(all, ({ path }) => path)].map(([path, same]) => ({
    path,
    proof: [...new Set(same.map(({ proof }) => proof))].join('|'),
    ports: [...new Set(same.flatMap(({ ports }) => ports))],
    everywhere: same.some(({ everywhere }) => everywhere),
  }));
