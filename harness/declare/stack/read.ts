import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { HoldfastError, roles } from '../../model/index.ts';
import type { Role, Stack } from '../../model/index.ts';
import { nearest, readYamlDocument } from '../yaml/index.ts';
import { composeSchema, stackSchema } from './schema.ts';

const stacksFolder = resolve(import.meta.dirname, '../../../fixtures/stacks');

/** The stacks under `root` (default: `fixtures/stacks`), in the order of their ids. Throws `bad-input` where one is wrong. */
export const discoverStacks = (root: string = stacksFolder): readonly Stack[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'stack.yaml')))
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => readStack(join(root, name)));

/** Reads the stack in a folder: `stack.yaml`, checked against its `compose.yaml`. Throws `bad-input` with the place. */
export const readStack = (folder: string): Stack => {
  const file = join(folder, 'stack.yaml');
  const { value, placeOf } = readYamlDocument(file, stackSchema);
  const refuse = (path: readonly PropertyKey[], message: string, hint: string): never => {
    throw new HoldfastError('bad-input', message, { hint, place: placeOf(path) });
  };
  const folderName = basename(resolve(folder));
  if (value.id !== folderName)
    refuse(['id'], `expected the id of the folder, "${folderName}", found "${value.id}"`, 'make the two agree');
  const ids = value.services.map((service) => service.id);
  value.services.forEach((service, i) => {
    if (ids.indexOf(service.id) !== i)
      refuse(
        ['services', i, 'id'],
        `expected each service once, found "${service.id}" again`,
        'give it an id of its own',
      );
    service.calls.forEach((to, j) => {
      if (ids.indexOf(to) > i) return;
      refuse(
        ['services', i, 'calls', j],
        `expected a service further down the chain than "${service.id}", found "${to}"`,
        `known: ${ids.slice(i + 1).join(', ') || 'none'}`,
      );
    });
  });
  const policy = resolve(folder, value.policy);
  if (!existsSync(policy))
    refuse(
      ['policy'],
      `expected a policy file, found none at ${value.policy}`,
      'give its path from the folder of the stack',
    );
  checkRoles(join(folder, 'compose.yaml'), [
    { service: value.edge.service, role: 'edge' },
    ...value.services.flatMap((service) => [
      { service: service.sidecar, role: 'sidecar' as const },
      { service: service.workload, role: 'workload' as const },
    ]),
  ]);
  return { ...value, folder: resolve(folder), policy };
};

/** The faults and the tap find containers by their role: a service without it, or with another one, would be missed. */
const checkRoles = (file: string, expected: readonly { readonly service: string; readonly role: Role }[]): void => {
  const { value, placeOf } = readYamlDocument(file, composeSchema);
  const names = Object.keys(value.services);
  for (const name of names) {
    const role = value.services[name]!.labels['holdfast.role'];
    if ((roles as readonly string[]).includes(role)) continue;
    const place = placeOf(['services', name, 'labels', 'holdfast.role']);
    throw new HoldfastError('bad-input', `expected a role, found "${role}"`, {
      hint: `one of ${roles.join(', ')}`,
      place,
    });
  }
  for (const { service, role } of expected) {
    const found = value.services[service]?.labels['holdfast.role'];
    if (found === role) continue;
    const near = nearest(service, names);
    throw new HoldfastError(
      'bad-input',
      `expected a compose service "${service}" with the label holdfast.role: ${role}, found ${found === undefined ? 'no such service' : `the role ${found}`}`,
      {
        hint:
          found === undefined && near !== undefined ? `there is "${near}"` : 'make compose.yaml and stack.yaml agree',
        place: placeOf(found === undefined ? ['services'] : ['services', service, 'labels', 'holdfast.role']),
      },
    );
  }
};
