import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
import { HoldfastError } from '../../model/index.ts';
import type { Stack } from '../../model/index.ts';
import { readApp } from '../app/index.ts';
import { nearest, readYamlDocument } from '../yaml/index.ts';
import type { Path } from '../yaml/index.ts';
import { readCompose } from './compose.ts';
import { checkRoles, servicesOf } from './consistent.ts';
import { readExpectation } from './expectation.ts';
import { checkDeclared, featuresThatFollow, knownClauses } from './features.ts';
import { edgeSchema, meshSchema, stackSchema } from './schema.ts';

const stacksFolder = resolve(import.meta.dirname, '../../../fixtures/stacks');

/** The stacks under `root` (default: `fixtures/stacks`), in the order of their ids. Throws `bad-input` where one is wrong. */
export const discoverStacks = (root: string = stacksFolder): readonly Stack[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'stack.yaml')))
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => readStack(join(root, name)));

/**
 * Reads the stack in a folder: `stack.yaml` with the edge and the mesh that it holds, or names (products, folders of
 * `../../products`), checked against its `compose.yaml`. Throws `bad-input` with the place.
 */
export const readStack = (folder: string): Stack => {
  const file = join(folder, 'stack.yaml');
  const { value, placeOf } = readYamlDocument(file, stackSchema);
  const refuse = (path: Path, message: string, hint: string): never => {
    throw new HoldfastError('bad-input', message, { hint, place: placeOf(path) });
  };
  const folderName = basename(resolve(folder));
  if (value.id !== folderName)
    refuse(['id'], `expected the id of the folder, "${folderName}", found "${value.id}"`, 'make the two agree');

  const part = <T>(key: 'edge' | 'mesh', schema: z.ZodType<T>) => {
    const given = value[key];
    if (typeof given !== 'string') return { value: given as T, placeOf: (path: Path) => placeOf([key, ...path]) };
    const room = resolve(folder, '../../products');
    const at = join(room, given, `${key}.yaml`);
    if (!existsSync(at)) {
      const all = existsSync(room) ? readdirSync(room) : [];
      const known = all
        .flatMap((name) => [name, `${name}/defaults`])
        .filter((name) => existsSync(join(room, name, `${key}.yaml`)));
      const near = nearest(given, known);
      refuse(
        [key],
        `expected a folder of ${room} with an ${key}.yaml, found "${given}"`,
        near ? `did you mean "${near}"?` : `known: ${known.join(', ') || 'none'}`,
      );
    }
    return readYamlDocument(at, schema);
  };
  const edge = part('edge', edgeSchema);
  const mesh = part('mesh', meshSchema);
  const compiler = (side: 'edge' | 'mesh', own: { readonly compiler?: string | null | undefined }): string | null => {
    if (own.compiler !== undefined) return own.compiler;
    const product = nameOf(value[side]);
    const has = product !== null && existsSync(join(folder, '../../products', product, 'compile', side));
    return has ? `${product}-${side}` : null;
  };
  const declared = [edge, mesh, { value, placeOf }].flatMap((one) => checkDeclared(one.value.features, one.placeOf));
  const appFolder = /[/\\]/.test(value.app) ? resolve(folder, value.app) : resolve(folder, '../../apps', value.app);
  if (!existsSync(join(appFolder, 'app.yaml'))) {
    const room = dirname(appFolder);
    const known = existsSync(room) ? readdirSync(room).filter((name) => existsSync(join(room, name, 'app.yaml'))) : [];
    const near = nearest(value.app, known);
    refuse(
      ['app'],
      `expected a folder of ${room} with an app.yaml, found "${value.app}"`,
      near ? `did you mean "${near}"?` : `known: ${known.join(', ') || 'none'}`,
    );
  }
  const app = readApp(appFolder);

  const policy = value.policy === undefined ? join(appFolder, 'policy.yaml') : resolve(folder, value.policy);
  if (!existsSync(policy))
    refuse(
      ['policy'],
      `expected a policy file, found none at ${value.policy}`,
      'give its path from the folder of the stack',
    );
  const configuration = value.configuration === undefined ? null : resolve(folder, value.configuration);
  if (configuration !== null && !statSync(configuration, { throwIfNoEntry: false })?.isDirectory())
    refuse(['configuration'], `expected a folder, found none at ${value.configuration}`, 'give its path from here');

  const { service, hostname, port, adminPorts, reload } = edge.value;
  const { trustDomain, identity, controlPlane } = mesh.value;
  const services = servicesOf(app, mesh.value.services, mesh.placeOf);
  const compose = readCompose(join(folder, 'compose.yaml'));
  checkRoles(compose, join(folder, 'compose.yaml'), { edge: service, services, controlPlane });
  return {
    id: value.id,
    title: value.title,
    folder: resolve(folder),
    app,
    policy,
    parts: { edge: nameOf(value.edge), mesh: nameOf(value.mesh) },
    products: {
      edge: edge.value.products ?? productsOf(value.edge),
      mesh: mesh.value.products ?? productsOf(value.mesh),
    },
    compose: compose.text,
    compilers: { edge: compiler('edge', edge.value), mesh: compiler('mesh', mesh.value) },
    configuration: configuration === null ? new Map() : textsBelow(configuration),
    edge: { service, hostname, port, adminPorts, reload, upstream: mesh.value.edgeUpstream },
    trustDomain,
    identity,
    controlPlane,
    services,
    images: [...new Set([...edge.value.images, ...mesh.value.images])],
    features: [
      ...new Set([...declared, ...featuresThatFollow(edge.value, { edgeUpstream: mesh.value.edgeUpstream, services })]),
    ].toSorted(),
    defaults:
      value.defaults === undefined
        ? null
        : {
            ...value.defaults,
            documentation: knownClauses(value.defaults.documentation, placeOf),
            expected: readExpectation(join(folder, 'expected.yaml')),
          },
  };
};

const textsBelow = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );

/** The product that is configured by the policy; null for one as it ships, and for what stands in the stack's own file. */
const nameOf = (part: unknown): string | null => (typeof part === 'string' && !part.includes('/') ? part : null);

/** A part that stands in the stack's own file names no product by itself. */
const productsOf = (part: unknown): readonly string[] => (typeof part === 'string' ? [part.split('/')[0]!] : []);
