import { ensureEngine, ensureImages } from '../../execute/engine/index.ts';
import { defaultImages } from '../images.ts';
import type { CommandModule } from '../index.ts';
import {
  add,
  buildTap,
  checks,
  closingLine,
  noTests,
  pureJobs,
  runCheck,
  runTap,
  testFiles,
} from '../self-test/index.ts';

export const command: CommandModule = {
  name: 'self-test',
  summary:
    'tests holdfast itself: types, lint, format, and all tests, those with containers one after another (npm test)',
  examples: ['npm test', 'npx holdfast self-test test/harness test/contract'],
  register: (command, { stdout, progress, signal }) => {
    command.argument('[paths...]', 'only test files whose path begins so').action(async (paths: string[]) => {
      const print = (line: string): void => void stdout.write(`${line}\n`);
      const { pure, stacks } = testFiles(paths);
      if (stacks.length > 0) {
        await ensureEngine(progress, signal);
        await ensureImages(defaultImages, progress, signal);
      }
      let tally = noTests;
      for (const check of checks()) tally = add(tally, await runCheck(check, print, signal));
      await buildTap(print, signal);
      tally = add(tally, await runTap(pure, { jobs: pureJobs(), timeoutSeconds: 120 }, print, signal));
      tally = add(tally, await runTap(stacks, { jobs: 1, timeoutSeconds: 600 }, print, signal));
      print(closingLine(tally));
      return tally.failed === 0 && tally.passed > 0 ? 0 : 1;
    });
  },
};
