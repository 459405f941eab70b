import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { appSchema } from '../app/schema.ts';
import { planSchema } from '../plan/schema.ts';
import { readYaml } from '../yaml/index.ts';
import type { KnownNames } from './globs.ts';

/** Names of phases of the plans in `scenarios/plans`, and of their routes and those of `fixtures/apps`, beside the attacks. Throws `bad-input` where one is wrong. */
export const knownNames = (attacks: readonly string[], root: string): KnownNames => {
  const plans = entriesOf(join(root, 'scenarios/plans'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => readYaml(file, planSchema));
  const apps = entriesOf(join(root, 'fixtures/apps'))
    .map((folder) => join(folder, 'app.yaml'))
    .filter((file) => existsSync(file))
    .map((file) => readYaml(file, appSchema));
  const routes = [...plans.flatMap(({ load }) => load.routes), ...apps.flatMap((app) => app.routes)];
  return {
    attacks,
    phases: [...new Set(plans.flatMap(({ phases }) => phases.map(({ id }) => id)))],
    routes: [...new Set(routes.map(({ id }) => id))],
  };
};

const entriesOf = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
