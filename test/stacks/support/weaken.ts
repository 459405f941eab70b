import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

type Node = Record<string, unknown>;

/** Every object anywhere in a value, itself among them. */
const within = (value: unknown): readonly Node[] =>
  typeof value !== 'object' || value === null
    ? []
    : [...(Array.isArray(value) ? [] : [value as Node]), ...Object.values(value).flatMap(within)];

/** Changes each object of a rendered YAML file that `is` one, as a user with an editor would. Throws where there is none. */
const edit = (file: string, is: (node: Node) => boolean, change: (node: Node) => void): void => {
  const value: unknown = parse(readFileSync(file, 'utf8'));
  const found = within(value).filter(is);
  if (found.length === 0) throw new Error(`expected something to change in ${file}, found nothing`);
  found.forEach(change);
  writeFileSync(file, stringify(value));
};

/** One weakness each, put into a folder that `holdfast run --render` wrote. */
export const weaknesses = {
  'no client certificate required': (folder: string) =>
    edit(
      join(folder, 'orders/envoy.yaml'),
      (node) => node['require_client_certificate'] === true,
      (node) => (node['require_client_certificate'] = false),
    ),
  'JWT optional': (folder: string) =>
    edit(
      join(folder, 'edge/envoy.yaml'),
      (node) => typeof node['requires'] === 'object',
      ({ requires }) => {
        const known = { ...(requires as Node) };
        for (const key of Object.keys(requires as Node)) delete (requires as Node)[key];
        (requires as Node)['requires_any'] = { requirements: [known, { allow_missing: {} }] };
      },
    ),
  'a permissive authorization rule': (folder: string) =>
    edit(
      join(folder, 'edge/envoy.yaml'),
      ({ action, policies }) => action === 'ALLOW' && typeof policies === 'object',
      ({ policies }) => ((policies as Node)['debug'] = { permissions: [{ any: true }], principals: [{ any: true }] }),
    ),
} as const;
