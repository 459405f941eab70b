import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { HoldfastError, answersItself, onwardFrom } from '../../model/index.ts';
import type { App } from '../../model/index.ts';
import { readYamlDocument } from '../yaml/index.ts';
import type { Path } from '../yaml/index.ts';
import { checkGraph } from './graph.ts';
import { appSchema } from './schema.ts';

/**
 * Reads the app in a folder: `app.yaml`, checked in itself, with `policy.yaml` and `workload` beside it. Whether its routes fit a policy
 * is for whoever replays them to ask (schedule/routes). Throws `bad-input` with the place.
 */
export const readApp = (folder: string): App => {
  const file = join(folder, 'app.yaml');
  const { value, placeOf } = readYamlDocument(file, appSchema);
  const refuse = (path: Path, message: string, hint: string): never => {
    throw new HoldfastError('bad-input', message, { hint, place: placeOf(path) });
  };
  const folderName = basename(resolve(folder));
  if (value.id !== folderName)
    refuse(['id'], `expected the id of the folder, "${folderName}", found "${value.id}"`, 'make the two agree');
  for (const [part, is] of [['policy.yaml', 'isFile'] as const, ['workload', 'isDirectory'] as const]) {
    const path = join(folder, part);
    if (existsSync(path) && statSync(path)[is]()) continue;
    refuse(['id'], `expected ${part} in the folder of the app, found none`, 'see fixtures/apps/README.md');
  }
  const { services, routes, users } = value;
  checkGraph(services, placeOf);
  routes.forEach((route, i) => {
    if (routes.findIndex(({ id }) => id === route.id) !== i)
      refuse(['routes', i, 'id'], `expected each route once, found "${route.id}" again`, 'rename one of the two');
    const [first] = services;
    if (!answersItself(first!, route.path) && onwardFrom(services, first!.id, route.path).length === 0)
      refuse(
        ['routes', i, 'path'],
        `expected a path that a service answers, found ${route.path}`,
        `answered are ${services.flatMap(({ answers }) => answers).join(', ') || 'none'}, and what is below them`,
      );
  });
  if (users.attacker === users.victim)
    refuse(['users', 'victim'], `expected another user than the attacker, found ${users.victim} again`, 'rename one');
  return { id: value.id, folder: resolve(folder), services, routes, users };
};
