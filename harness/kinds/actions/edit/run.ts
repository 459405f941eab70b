import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import type { Runner } from '../../../execute/operate/index.ts';
import { containersOf } from '../../../execute/stack/index.ts';
import type { Edit } from './op.ts';

/** How long a step may take. */
const patienceMs = 10_000;

/** Makes the changes. */
export const runner: Runner<Edit> = {
  ready: async ({ docker, run, config, schedule }) => {
    const filesOf = ({ configuration }: Edit): Readonly<Record<string, string>> =>
      configuration === null ? {} : (schedule.configurations[configuration] ?? {});
    return {
      apply: async (edit) => {
        // In place: a mounted file is its inode.
        for (const [name, text] of Object.entries(filesOf(edit))) writeFileSync(join(config, name), text);
        await take(docker, run, edit);
      },
      undo: async () => undefined,
      data: (edit) => ({ service: edit.service, files: Object.keys(filesOf(edit)), command: edit.exec }),
      stop: async () => undefined,
    };
  },
};

/** Takes a step. Throws where it did not take. */
const take = async (docker: Dockerode, run: string, { service, exec }: Edit): Promise<void> => {
  const member = (await containersOf(docker, run)).get(service);
  if (member === undefined) throw new Error(`there is no container of ${service}`);
  const container = docker.getContainer(member.id);
  if (exec === null) return void (await container.restart({ t: 1 }));
  const started = await container.exec({ Cmd: [...exec], AttachStdout: true, AttachStderr: true });
  const stream = await started.start({});
  let said = '';
  stream.on('data', (bytes: Buffer) => (said = (said + bytes.toString('utf8')).slice(-500)));
  const until = performance.now() + patienceMs;
  for (let state = await started.inspect(); ; state = await started.inspect()) {
    if (!state.Running) {
      if (state.ExitCode !== 0) throw new Error(`exit ${state.ExitCode}: ${said.trim()}`);
      return;
    }
    if (performance.now() > until) throw new Error(`it did not end within ${patienceMs} ms`);
    await sleep(50);
  }
};
