import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Dockerode from 'dockerode';
import { HoldfastError } from '../../model/index.ts';

const require = createRequire(import.meta.url);
let client: Dockerode | undefined;

/**
 * Path of the engine's socket: DOCKER_HOST, the usual place, or the rootless one. Only a local engine will do, because
 * configuration and journals are bind-mounted and the watchdog holds the socket. Throws `missing-tool` for a remote one.
 */
export const socketPath = (
  env: NodeJS.ProcessEnv = process.env,
  exists: (path: string) => boolean = existsSync,
): string => {
  const given = env['DOCKER_HOST'];
  if (given !== undefined && given !== '') {
    if (given.startsWith('unix://')) return given.slice('unix://'.length);
    throw new HoldfastError('missing-tool', `expected a Docker engine on this machine, got DOCKER_HOST=${given}`, {
      hint: 'unset DOCKER_HOST, or set it to unix:///path/to/docker.sock',
    });
  }
  const usual = '/var/run/docker.sock';
  const rootless = `${env['XDG_RUNTIME_DIR'] ?? '/nowhere'}/docker.sock`;
  return !exists(usual) && exists(rootless) ? rootless : usual;
};

/** The one client of the engine. Throws `missing-tool` where DOCKER_HOST names a remote engine. */
export const docker = (): Dockerode => {
  if (client !== undefined) return client;
  const path = socketPath();
  // The compose CLI and testcontainers must speak with the same engine.
  if (path !== '/var/run/docker.sock') process.env['DOCKER_HOST'] = `unix://${path}`;
  // Loaded where the engine is first asked: it brings gRPC and SSH with it, and most commands ask no engine.
  const Client = require('dockerode') as typeof Dockerode;
  client = new Client({ socketPath: path });
  return client;
};
