import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../declare/discover/index.ts';
import { findHeld, findRuns, forgetHeld, removeRun } from '../../execute/engine/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { CommandModule } from '../index.ts';
import { handLabel, stackNamed } from '../run/index.ts';
import { defaultStack } from '../default-stack.ts';

/** `holdfast down`: the other half of `up`, and of `reproduce --hold`. */
export const command: CommandModule = {
  name: 'down',
  summary: 'takes down a stack that `up` or `reproduce --hold` left standing, and removes its keys',
  examples: ['npx holdfast down', 'npx holdfast down envoy-envoy', 'npx holdfast down r20260101-120000-abcdef'],
  register: (command, { progress }) => {
    command.argument('[stack]', 'id of a stack, or of a run that is held', defaultStack).action(async (id: string) => {
      if (/^r\d{8}-/.test(id)) await endHeld(id);
      else {
        // Asked for by name first: whatever else could stand here would be a path to remove.
        stackNamed(id);
        await removeRun(handLabel(id));
        rmSync(join(projectRoot, 'reports/up', id), { recursive: true, force: true });
      }
      progress(`down: ${id}`);
      return 0;
    });
  },
};

/** Throws `usage` where there is no such run, or a harness is at it. */
const endHeld = async (run: string): Promise<void> => {
  const held = findHeld();
  const found = (await findRuns()).find((one) => one.run === run);
  if (found?.live === true) {
    throw new HoldfastError('usage', `expected a run that is held, found that ${run} is under way`, {
      hint: 'stop it with Ctrl-C, or remove it with: npx holdfast clean --all',
    });
  }
  if (found === undefined && held.every((one) => one.run !== run)) {
    throw new HoldfastError('usage', `expected a run that is held, found nothing of ${run}`, {
      hint: held.length === 0 ? 'none is held' : `held: ${held.map((one) => one.run).join(', ')}`,
    });
  }
  await removeRun(run);
  forgetHeld(run);
};
