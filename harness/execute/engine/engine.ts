import { existsSync, readFileSync } from 'node:fs';
import { HoldfastError } from '../../model/index.ts';
import { docker, socketPath } from './client.ts';
import { ensureCompose } from './compose.ts';
import { daemonLog, startDaemon } from './daemon.ts';
import { tail, thisHost } from './host.ts';
import type { Host } from './host.ts';
import { installPackages } from './packages.ts';
import { seconds } from './progress.ts';
import type { Progress } from './progress.ts';

/** The engine that a run uses. */
export type Engine = { readonly version: string; readonly compose: string; readonly seconds: number };

/** What `ensureEngine` needs of the machine; the defaults are the real ones. */
export type EngineSeam = {
  readonly host: Host;
  /** Version of the engine that answers, or why none does. */
  readonly ping: () => Promise<{ readonly version: string } | { readonly error: string }>;
  readonly start: () => void;
  readonly log: () => string;
  readonly compose: (host: Host, progress: Progress) => Promise<string>;
};

const waitMs = 60_000;

/** Version of the engine, or why it does not answer. A socket that hangs counts as no answer. */
export const pingEngine = async (): Promise<{ readonly version: string } | { readonly error: string }> => {
  try {
    const answer = await Promise.race([
      docker().version(),
      new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no answer within 5 s')), 5000).unref()),
    ]);
    return { version: answer.Version };
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    return { error: error instanceof Error ? error.message : String(error) };
  }
};

const realSeam = (signal?: AbortSignal): EngineSeam => ({
  host: thisHost(signal),
  ping: pingEngine,
  start: startDaemon,
  log: () => (existsSync(daemonLog()) ? tail(readFileSync(daemonLog(), 'utf8')) : '(no log)'),
  compose: ensureCompose,
});

/**
 * A Docker engine that answers, with compose: what is there is used; what is missing is installed or started, each step said
 * before it is taken. Throws `missing-tool`, with the command to run, where this user cannot.
 */
export const ensureEngine = async (
  progress: Progress,
  signal?: AbortSignal,
  seam: EngineSeam = realSeam(signal),
): Promise<Engine> => {
  const began = performance.now();
  const { host } = seam;
  let found = await seam.ping();
  if ('error' in found) {
    const denied = /EACCES/.test(found.error);
    if (denied)
      throw new HoldfastError(
        'missing-tool',
        `expected to reach the Docker engine at ${socketPath()}, got permission denied`,
        {
          hint: 'sudo usermod -aG docker "$USER", then log in again; or run as root',
        },
      );
    if (!host.has('dockerd')) await installPackages(await enginePackages(host), 'a Docker engine', host, progress);
    found = await start(seam, progress, signal);
  }
  if (!host.has('docker')) await installPackages(await enginePackages(host), 'the docker command', host, progress);
  const compose = await seam.compose(host, progress);
  return { version: found.version, compose, seconds: seconds(began) };
};

/** Debian 12 and before have the command in docker.io; later ones in docker-cli. */
const enginePackages = async (host: Host): Promise<readonly string[]> => {
  const split =
    host.has('apt-cache') &&
    /^Package: docker-cli$/m.test((await host.run('apt-cache', ['show', 'docker-cli'])).output);
  return ['docker.io', ...(split ? ['docker-cli'] : []), 'iptables'];
};

const start = async (
  { host, ping, start, log }: EngineSeam,
  progress: Progress,
  signal?: AbortSignal,
): Promise<{ version: string }> => {
  // A package that was just installed may have started it.
  let found = await ping();
  if (!('error' in found)) return found;
  const by = host.systemd ? 'systemctl start docker' : 'dockerd';
  if (!host.root)
    throw new HoldfastError(
      'missing-tool',
      'expected a running Docker engine, found it installed but not running, and only root can start it',
      {
        hint: host.systemd ? `sudo ${by}` : "sudo sh -c 'dockerd >/var/log/dockerd.log 2>&1 &'",
      },
    );
  progress(`engine: installed but not running; starting ${by}`);
  const began = performance.now();
  if (host.systemd) await host.run('systemctl', ['start', 'docker']);
  else start();
  for (let waited = 0; waited < waitMs; waited += 250) {
    signal?.throwIfAborted();
    found = await ping();
    if (!('error' in found)) {
      progress(`engine: Docker ${found.version} answers after ${seconds(began).toFixed(1)} s`);
      return found;
    }
    await host.sleep(250);
  }
  throw new HoldfastError(
    'missing-tool',
    `expected the Docker engine to answer within ${waitMs / 1000} s, got: ${found.error}`,
    {
      hint: host.systemd ? 'journalctl -u docker' : `read ${daemonLog()}; its last lines:\n${log()}`,
    },
  );
};
