import { writeMounted } from '../../../execute/operate/index.ts';
import type { Runner } from '../../../execute/operate/index.ts';
import { containersOf } from '../../../execute/stack/index.ts';
import { configurationOf } from './op.ts';
import type { Reload } from './op.ts';

/** Writes the mounted files and signals the containers. That it took is shown by probes, which only one of the two lets in (judge.ts). */
export const runner: Runner<Reload> = {
  ready: async ({ docker, run, stack, config, schedule }) => {
    const containers = await containersOf(docker, run);
    return {
      apply: async ({ to }) => {
        writeMounted(config, new Map(Object.entries(schedule.configurations[configurationOf(to)] ?? {})));
        for (const { service, signal } of stack.edge.reload?.signals ?? []) {
          const container = containers.get(service);
          if (container === undefined) throw new Error(`there is no container of ${service}`);
          await docker.getContainer(container.id).kill({ signal });
        }
      },
      undo: async () => undefined,
      data: ({ to }) => ({ to }),
      stop: async () => undefined,
    };
  },
};
