import { HoldfastError } from '../../model/index.ts';
import { tail } from './host.ts';
import type { Host } from './host.ts';
import { timed } from './progress.ts';
import type { Progress } from './progress.ts';

/**
 * Installs Debian packages, saying so first. Throws `missing-tool` with the command to run where this user or machine cannot.
 * `why` completes the sentence "… is missing".
 */
export const installPackages = async (
  names: readonly string[],
  why: string,
  host: Host,
  progress: Progress,
): Promise<void> => {
  const command = `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (!host.has('apt-get'))
    throw new HoldfastError('missing-tool', `expected ${why}, found none, and no apt-get to install it with`, {
      hint: `install it with this system's package manager (Debian calls it: ${names.join(' ')})`,
    });
  if (!host.root)
    throw new HoldfastError('missing-tool', `expected ${why}, found none, and only root can install it`, {
      hint: `sudo sh -c '${command}'`,
    });
  progress(`packages: ${why} is missing; running ${command}`);
  await timed(`packages: ${names.join(' ')}`, progress, async () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    // An outdated list may still do; what counts is the installation.
    await host.run('apt-get', ['update', '-qq'], { env });
    const done = await host.run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env });
    if (!done.ok)
      throw new HoldfastError(
        'missing-tool',
        `expected apt-get to install ${names.join(' ')}, got:\n${tail(done.output)}`,
        {
          hint: command,
        },
      );
  });
};
