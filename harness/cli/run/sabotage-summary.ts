import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { discoverSabotages, projectRoot } from '../../declare/discover/index.ts';
import type { Sabotage } from '../../declare/discover/index.ts';
import { digestFolders, digestOf, sabotageOf } from '../../declare/run/index.ts';
import type { Declared } from '../../declare/run/index.ts';
import type { SabotageSummary } from '../../model/index.ts';
import { stackNamed } from './stack-named.ts';

const resultsShape = z.strictObject({
  stack: z.string(),
  measuredAt: z.string(),
  /** What the result is of, see `sabotageDigest`. A change to any of it makes the result void. */
  digest: z.string(),
  falseAlarms: z.array(z.string()),
  sabotages: z.array(
    z.strictObject({
      id: z.string(),
      caughtBy: z.array(z.string()),
      caught: z.boolean(),
      missedBy: z.array(z.string()),
      verdict: z.string(),
    }),
  ),
});

/** What `holdfast sabotage` stores for a stack. */
export type SabotageResults = z.infer<typeof resultsShape>;

const sabotagesOf = (stack: string): readonly Sabotage[] =>
  discoverSabotages().filter(({ stacks }) => stacks.includes(stack));

/** Where the results of a stack are stored. */
export const sabotageFile = (stack: string): string => join(projectRoot, 'reports/sabotage', `${stack}.json`);

/**
 * What a measurement of the sabotages is of: the stack with its sabotages, the products, policy, images, plans, attacks and harness.
 * Effects: reads files.
 */
export const sabotageDigest = (id: string): string => {
  const stack = stackNamed(id);
  const own = sabotagesOf(id).map((sabotage) => sabotage.id);
  const folders = digestFolders(
    projectRoot,
    [
      'harness',
      'scenarios/attacks',
      'scenarios/k6',
      `fixtures/stacks/${id}`,
      'fixtures/products',
      'fixtures/apps',
      'fixtures/images',
    ],
    (path) => {
      const sabotage = sabotageOf(path);
      return sabotage !== null && !own.includes(sabotage);
    },
  );
  const plans = join(projectRoot, 'scenarios/plans');
  const plansOfSabotage = readdirSync(plans).filter((name) => name.startsWith('sabotage'));
  return digestOf(
    new Map<string, string | Uint8Array>([
      ['folders', folders],
      // With what it includes from beside its parts.
      ['compose', stack.compose],
      ...plansOfSabotage.map((name) => [name, readFileSync(join(plans, name))] as const),
    ]),
  );
};

/** The measurement in `file` of the stack's sabotages, if it is of what stands here now; otherwise an honest `measured: false`. */
export const readSabotageSummary = (
  { stack }: Pick<Declared, 'stack'>,
  file: string = sabotageFile(stack.id),
): SabotageSummary => {
  const total = sabotagesOf(stack.id).length;
  const none = { measured: false, measuredAt: null, total, caught: 0, missed: [], falseAlarms: 0 };
  if (!existsSync(file)) return none;
  const results = parsed(readFileSync(file, 'utf8'));
  if (results === null || results.stack !== stack.id || results.sabotages.length < total) return none;
  if (results.digest !== sabotageDigest(stack.id)) return none;
  const missed = results.sabotages.filter(({ caught }) => !caught).map(({ id }) => id);
  return {
    measured: true,
    measuredAt: results.measuredAt,
    total,
    caught: results.sabotages.length - missed.length,
    missed,
    falseAlarms: results.falseAlarms.length,
  };
};

const parsed = (text: string): SabotageResults | null => {
  try {
    return resultsShape.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};
