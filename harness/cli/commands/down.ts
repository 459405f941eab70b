import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../declare/discover/index.ts';
import { removeRun } from '../../execute/engine/index.ts';
import type { CommandModule } from '../index.ts';
import { handLabel, stackNamed } from '../run/index.ts';

/** `holdfast down`: the other half of `up`. */
export const command: CommandModule = {
  name: 'down',
  summary: 'takes down a stack that `holdfast up` brought up, and removes its keys',
  examples: ['npx holdfast down', 'npx holdfast down envoy-envoy'],
  register: (command, { progress }) => {
    command.argument('[stack]', 'id of a stack', 'envoy-envoy').action(async (id: string) => {
      // Asked for by name first: whatever else could stand here would be a path to remove.
      stackNamed(id);
      await removeRun(handLabel(id));
      rmSync(join(projectRoot, 'reports/up', id), { recursive: true, force: true });
      progress(`down: ${id}`);
      return 0;
    });
  },
};
