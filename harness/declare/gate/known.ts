import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { planSchema } from '../plan/schema.ts';
import { readYaml } from '../yaml/index.ts';
import type { KnownNames } from './globs.ts';

/** Names of phases and routes of the plans in `scenarios/plans`, beside the attacks. Throws `bad-input` where one is wrong. */
export const knownNames = (attacks: readonly string[], root: string): KnownNames => {
  const folder = join(root, 'scenarios/plans');
  const plans = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => readYaml(join(folder, name), planSchema))
    : [];
  return {
    attacks,
    phases: [...new Set(plans.flatMap(({ phases }) => phases.map(({ id }) => id)))],
    routes: [...new Set(plans.flatMap(({ load }) => load.routes.map(({ id }) => id)))],
  };
};
