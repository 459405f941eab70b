import { InvalidArgumentError } from 'commander';
import { ensureEngine, imageNames } from '../../execute/engine/index.ts';
import type { CommandModule } from '../index.ts';
import {
  add,
  bringImages,
  buildTap,
  checks,
  closingLine,
  imagesForTests,
  inGroups,
  noTests,
  pureJobs,
  runCheck,
  runFiles,
  runStackTests,
  runTap,
  testFiles,
} from '../self-test/index.ts';

export const command: CommandModule = {
  name: 'self-test',
  summary:
    'tests holdfast itself: types, lint, format, and all tests, those with containers one after another (npm test)',
  examples: [
    'npm test',
    'npx holdfast self-test --no-containers',
    'npx holdfast self-test test/stacks/edges/nginx',
    'npx holdfast self-test --coverage test/harness/check',
  ],
  register: (command, { stdout, progress, signal }) => {
    command
      .argument('[paths...]', 'only test files whose path begins so')
      .option('--minutes <n>', 'when to stop and count what was not run as failed', minutes, 58)
      .option('--no-containers', 'leave out what starts containers; it is said, and not counted')
      .option('--coverage', 'measure which lines they run, and show it file by file')
      .action(async (paths: string[], options: { minutes: number; containers: boolean; coverage?: true }) => {
        const until = performance.now() + options.minutes * 60_000;
        const print = (line: string): void => void stdout.write(`${line}\n`);
        const { pure, stacks } = testFiles(paths);
        let tally = noTests;
        // What is quick first: a slip in the code is told before the first image is made.
        for (const check of checks()) tally = add(tally, await runCheck(check, print, signal));
        await buildTap(print, signal);
        const limits = { jobs: pureJobs(), timeoutSeconds: 120 };
        const counted =
          options.coverage === true
            ? await runTap(pure, { ...limits, coverage: true }, print, signal)
            : await runFiles(inGroups(pure), limits, print, signal);
        tally = add(tally, counted);
        if (!options.containers) print(`not run: ${stacks.length} files of tests with containers (--no-containers)`);
        else if (stacks.length > 0) {
          await ensureEngine(progress, signal);
          const images = paths.length === 0 ? imageNames() : imagesForTests(stacks);
          tally = add(tally, await bringImages(images, progress, print, signal));
          tally = add(tally, await runStackTests(stacks, () => until - performance.now(), print, signal));
        }
        print(closingLine(tally));
        return tally.failed === 0 && tally.passed > 0 ? 0 : 1;
      });
  },
};

const minutes = (value: string): number => {
  const given = Number(value);
  if (!(given > 0)) throw new InvalidArgumentError('expected a number of minutes.');
  return given;
};
