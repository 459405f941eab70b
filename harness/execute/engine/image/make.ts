import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HoldfastError } from '../../../model/index.ts';
import { docker } from '../client.ts';
import { tail } from '../host.ts';
import type { Host } from '../host.ts';
import { makeBuildFolder } from '../scratch.ts';
import { builtDockerfile, pulledDockerfile } from './dockerfile.ts';
import { architecture } from './recipe.ts';
import type { Recipe } from './recipe.ts';

const node = fileURLToPath(new URL('../../../../node_modules/.bin/node', import.meta.url));

const inWork = async <T>(name: string, step: (work: string) => Promise<T>): Promise<T> => {
  const work = makeBuildFolder(name);
  try {
    return await step(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

/** Reads an engine's answer to its end; rejects with the error in it, which the engine sends with status 200. */
const follow = (stream: NodeJS.ReadableStream): Promise<void> =>
  new Promise((resolve, reject) => {
    docker().modem.followProgress(stream, (error: Error | null, events: readonly { error?: string }[] | null) => {
      const failed = error?.message ?? events?.find((event) => event.error !== undefined)?.error;
      if (failed === undefined) resolve();
      else reject(new Error(failed));
    });
  });

const buildContext = async (context: string, entries: readonly string[], recipe: Recipe): Promise<void> => {
  const stream = await docker().buildImage({ context, src: [...entries] }, { t: recipe.reference, forcerm: true });
  await follow(stream);
};

/**
 * Pulls an image and gives it the recipe's reference. Rejects where the registry or the engine fails; what is pinned by a digest
 * is that or nothing, which the engine sees to.
 */
export const pullImage = async (recipe: Recipe, wanted: string): Promise<void> => {
  const pull = withoutTag(wanted);
  const before = await isThere(pull);
  await follow(await docker().pull(pull));
  try {
    await inWork(recipe.name, async (work) => {
      writeFileSync(join(work, 'Dockerfile'), pulledDockerfile(recipe, pull));
      await buildContext(work, ['Dockerfile'], recipe);
    });
  } finally {
    // The name that it was pulled under goes again, unless the user had it: what is left is under Holdfast's own.
    if (!before) await discardImage(pull);
  }
};

const isThere = (reference: string): Promise<boolean> =>
  docker()
    .getImage(reference)
    .inspect()
    .then(
      () => true,
      () => false,
    );

/** A reference with a tag and a digest is one by the digest: the engine takes no both. */
const withoutTag = (reference: string): string => reference.replace(/:[^:/@]+(?=@)/, '');

/** Gives an image its final reference, and takes the one under which it was made away. */
export const adoptImage = async (made: string, reference: string): Promise<void> => {
  const [, repo = '', tag = ''] = /^(.*):([^:]+)$/.exec(reference) ?? [];
  await docker().getImage(made).tag({ repo, tag });
  await docker().getImage(made).remove();
};

/** Removes what was made under a reference, where it is there. */
export const discardImage = async (reference: string): Promise<void> => {
  await docker()
    .getImage(reference)
    .remove({ force: true })
    .catch((error: { statusCode?: number }) => {
      if (error.statusCode !== 404) throw error;
    });
};

/**
 * Builds an image from its recipe. `build.sh` runs on this machine with WORK (an empty folder), RECIPE (its own), ROOTFS
 * (what it fills), VERSION, ARCH (amd64 or arm64) and NODE (the pinned Node). Throws `no-image`.
 */
export const buildImage = async (recipe: Recipe, base: string | null, host: Host): Promise<void> => {
  await inWork(recipe.name, async (work) => {
    const rootfs = join(work, 'rootfs');
    const script = join(recipe.folder, 'build.sh');
    if (existsSync(script)) {
      mkdirSync(join(work, 'work'));
      const env = {
        WORK: join(work, 'work'),
        RECIPE: recipe.folder,
        ROOTFS: rootfs,
        VERSION: recipe.version,
        ARCH: architecture(),
        NODE: node,
      };
      const done = await host.run('sh', [script], { cwd: join(work, 'work'), env });
      if (!done.ok)
        throw new HoldfastError(
          'no-image',
          `expected ${recipe.name}'s build.sh to succeed, got:\n${tail(done.output)}`,
          { hint: `read ${script}` },
        );
    }
    const entries = ['rootfs', 'rootfs.tar'].filter((entry) => existsSync(join(work, entry)));
    writeFileSync(join(work, 'Dockerfile'), builtDockerfile(recipe, base, entries.includes('rootfs')));
    await buildContext(work, ['Dockerfile', ...entries], recipe);
  });
};

/**
 * Runs the recipe's check in a container of the finished image, without a network, and gives what it printed. Throws `no-image`
 * where it fails.
 */
export const checkImage = async (recipe: Recipe): Promise<string> => {
  const [command, ...args] = recipe.check;
  const container = await docker().createContainer({
    Image: recipe.reference,
    Entrypoint: [command ?? ''],
    Cmd: args,
    AttachStdout: true,
    AttachStderr: true,
    // Removed by the engine, also where this process is killed meanwhile.
    HostConfig: { NetworkMode: 'none', AutoRemove: true },
  });
  let output = '';
  try {
    const stream = await container.attach({ stream: true, stdout: true, stderr: true });
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    const ended = container.wait({ condition: 'next-exit' }) as Promise<{ StatusCode: number }>;
    await container.start();
    const { StatusCode } = await ended;
    if (StatusCode !== 0) throw new Error(`exit ${StatusCode}: ${tail(output)}`);
    return output;
  } catch (cause) {
    await container.remove({ force: true }).catch(() => undefined);
    throw new HoldfastError(
      'no-image',
      `expected '${recipe.check.join(' ')}' to succeed in ${recipe.reference}, got ${(cause as Error).message}`,
      { cause },
    );
  }
};
