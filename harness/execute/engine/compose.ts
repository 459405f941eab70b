import { chmodSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HoldfastError } from '../../model/index.ts';
import { tail } from './host.ts';
import type { Host } from './host.ts';
import { timed } from './progress.ts';
import type { Progress } from './progress.ts';
import { makeBuildFolder } from './scratch.ts';
import { ensureTool } from './tools.ts';

const recipe = fileURLToPath(new URL('../../../fixtures/tools/compose/', import.meta.url));

const composeVersion = async (host: Host): Promise<string | null> => {
  const { ok, output } = await host.run('docker', ['compose', 'version', '--short']);
  return ok ? output.trim() : null;
};

/**
 * Version of docker's compose plugin; where there is none, it is built from its pinned Go module and installed for this user.
 * Throws `missing-tool` where there is neither plugin nor Go.
 */
export const ensureCompose = async (host: Host, progress: Progress): Promise<string> => {
  const found = await composeVersion(host);
  if (found !== null) return found;
  progress('compose: docker has no compose plugin; building it from fixtures/tools/compose (about 2 minutes)');
  await ensureTool('go', host, progress);
  await timed('compose', progress, () => build(host));
  const built = await composeVersion(host);
  if (built === null)
    throw new HoldfastError(
      'missing-tool',
      'expected docker to take the compose plugin that was just built, found that it does not',
      {
        hint: 'docker compose version',
      },
    );
  return built;
};

const build = async (host: Host): Promise<void> => {
  const work = makeBuildFolder('compose');
  const plugins = join(process.env['DOCKER_CONFIG'] || join(homedir(), '.docker'), 'cli-plugins');
  try {
    const done = await host.run('sh', [join(recipe, 'build.sh')], {
      env: { WORK: work, RECIPE: recipe, OUT: join(work, 'docker-compose') },
    });
    if (!done.ok)
      throw new HoldfastError('missing-tool', `expected the compose plugin to build, got:\n${tail(done.output)}`, {
        hint: "install docker's compose plugin by hand (Debian 13: apt-get install docker-compose)",
      });
    mkdirSync(plugins, { recursive: true });
    copyFileSync(join(work, 'docker-compose'), join(plugins, 'docker-compose'));
    chmodSync(join(plugins, 'docker-compose'), 0o755);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};
