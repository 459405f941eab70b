import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../support/command.ts';

/** Asks who listens to run `harness/cli/holdfast.mjs ARGS` in the folder of the script that called it. */
const program = (port: number, folder: string): string => `#!/usr/bin/env bash
exec 3<>/dev/tcp/127.0.0.1/${port}
printf '%s\\0' "$#" "$PWD" "$@" >&3
read -r code <&3
cat ${folder}/out
cat ${folder}/err >&2
exit "$code"
`;

export type StandIn = {
  /** To be put before PATH: a `node` that runs the launcher's commands in the process of the test. */
  readonly folder: string;
  readonly close: () => void;
};

/**
 * A `node` for scripts that start Holdfast over and over: nothing in a script changes, and no Node is started. Anything but the
 * launcher is refused.
 */
export const standInForNode = async (): Promise<StandIn> => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-node-'));
  const serve = (socket: Socket): void => {
    let asked = '';
    socket.on('data', (chunk: Buffer) => {
      asked += chunk.toString();
      const [count, cwd, script, ...args] = asked.split('\0').slice(0, -1);
      if (count === undefined || cwd === undefined || args.length < Number(count) - 1) return;
      const known = script?.endsWith('/harness/cli/holdfast.mjs') === true;
      const ended = known ? runCommand(args, { cwd }) : Promise.reject(new Error(`not the launcher: ${script}`));
      ended
        .catch((error: Error) => ({ code: 126, out: '', err: `${error.message}\n` }))
        .then(({ code, out, err }) => {
          writeFileSync(join(folder, 'out'), out);
          writeFileSync(join(folder, 'err'), err);
          socket.end(`${code}\n`);
        }, socket.destroy.bind(socket));
    });
    socket.on('error', () => undefined);
  };
  const server = createServer(serve);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const file = join(folder, 'node');
  writeFileSync(file, program((server.address() as AddressInfo).port, folder));
  chmodSync(file, 0o755);
  return {
    folder,
    close: () => {
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
};
