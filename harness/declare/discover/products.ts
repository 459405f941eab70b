import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HoldfastError, plainLog } from '../../model/index.ts';
import type { AdminEndpoint, LogReader, Stack } from '../../model/index.ts';
import type { Compiler, Compilers } from '../../policy/index.ts';
import { mergeEndpoints, readEndpoints } from './endpoints.ts';
import { pluginFolders } from './folders.ts';
import { projectRoot } from './root.ts';

/**
 * A product as it lies in its folder (absolute): what it compiles the policy to, on either side, and how the log of its edge is read; null
 * where it has no such part.
 */
export type Product = {
  readonly id: string;
  readonly folder: string;
  readonly compile: { readonly edge: Compiler | null; readonly mesh: Compiler | null };
  readonly log: LogReader | null;
  readonly endpoints: readonly AdminEndpoint[];
};

/**
 * The products, `fixtures/products/<id>`, by id, in the order of their ids. Loads their code. Throws `bad-input` with the file where a
 * module does not export what it is there for.
 */
export const discoverProducts = async (root: string = projectRoot): Promise<ReadonlyMap<string, Product>> => {
  const room = join(root, 'fixtures/products');
  const products = new Map<string, Product>();
  for (const id of pluginFolders(room)) {
    const folder = join(room, id);
    const compiler = (side: string): Promise<Compiler | null> =>
      exported(join(folder, 'compile', side, 'index.ts'), 'compiler', (it): it is Compiler => typeof it === 'function');
    products.set(id, {
      id,
      folder,
      compile: { edge: await compiler('edge'), mesh: await compiler('mesh') },
      log: await exported(join(folder, 'log.ts'), 'log', isReader),
      endpoints: readEndpoints(join(folder, 'endpoints.yaml')),
    });
  }
  return products;
};

/** The compilers of products, by the ids that stacks, waivers and reports name: `<product>-edge` and `<product>-mesh`. */
export const compilersOf = (products: ReadonlyMap<string, Product>): Compilers => {
  const of = (side: 'edge' | 'mesh'): Readonly<Record<string, Compiler>> =>
    Object.fromEntries(
      [...products.values()].flatMap(({ id, compile }) => {
        const compiler = compile[side];
        return compiler === null ? [] : [[`${id}-${side}`, compiler] as const];
      }),
    );
  return { edge: of('edge'), mesh: of('mesh') };
};

/** The admin endpoints of products, each path once. */
export const endpointsOf = (products: ReadonlyMap<string, Product>): readonly AdminEndpoint[] =>
  mergeEndpoints([...products.values()].flatMap(({ endpoints }) => endpoints));

/** How the log of the edge of a stack is read: as its product says, or as the common form where none says it. */
export const logOf = (
  products: ReadonlyMap<string, Product>,
  { products: { edge } }: Pick<Stack, 'products'>,
): LogReader => products.get(edge[0] ?? '')?.log ?? plainLog;

const isReader = (it: unknown): it is LogReader =>
  typeof it === 'object' && it !== null && 'read' in it && typeof it.read === 'function';

/** What a file exports under a name; null where there is no such file. */
const exported = async <T>(file: string, name: string, is: (it: unknown) => it is T): Promise<T | null> => {
  if (!existsSync(file)) return null;
  const refuse = (found: string, cause?: unknown): never => {
    throw new HoldfastError('bad-input', `expected a module that exports "${name}", found ${found}`, {
      hint: 'see fixtures/products/README.md',
      place: { file },
      cause,
    });
  };
  const module = (await import(pathToFileURL(file).href).catch((cause: unknown) =>
    refuse(`one that does not load: ${String(cause)}`, cause),
  )) as Readonly<Record<string, unknown>>;
  const it = module[name];
  return is(it) ? it : refuse('none');
};
