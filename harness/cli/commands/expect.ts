import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../declare/run/index.ts';
import { discoverStacks, expectationText } from '../../declare/stack/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Expectation } from '../../model/index.ts';
import { readRunReport } from '../../../reports/index.ts';
import { readMatrix } from '../../../reports/matrix/index.ts';
import type { CommandModule } from '../index.ts';
import { differenceOf, expectationOf } from '../run/index.ts';

/** `holdfast expect`: what the next runs of products as they ship are held to, from a measured matrix. */
export const command: CommandModule = {
  name: 'expect',
  summary:
    'writes what products as they ship are expected to let through, from a measured matrix that was read and is meant',
  examples: [
    "npx holdfast run quick --stack '*-defaults' --out my-matrix",
    'npx holdfast expect my-matrix',
    'npx holdfast report my-matrix --format defaults --out docs/defaults.md',
  ],
  register: (command, { progress }) => {
    command.argument('<matrix>', 'folder of a matrix with stacks of defaults').action(async (folder: string) => {
      const matrix = await readMatrix(folder);
      const refuse = (found: string): never => {
        throw new HoldfastError('usage', `expected a whole matrix with stacks of defaults, found ${found}`, {
          hint: "npx holdfast run quick --stack '*-defaults' --out FOLDER",
        });
      };
      if (matrix === null) return refuse(`none at ${folder}`);
      // What was narrowed or changed says nothing of the stack as it is.
      if (matrix.only !== null) refuse(`one that was narrowed by --only ${matrix.only}`);
      if (matrix.overlay) refuse('one whose stacks were changed by an overlay');
      const stacks = new Map(discoverStacks().map((stack) => [stack.id, stack]));
      const rows = matrix.rows.filter(({ defaults }) => defaults !== null);
      if (rows.length === 0) refuse('none of these stacks in it');
      const found: (readonly [file: string, expectation: Expectation])[] = [];
      for (const row of rows) {
        const stack = stacks.get(row.stack) ?? refuse(`${row.stack}, which is no stack any more`);
        if (row.folder === null) return refuse(`no run of ${row.stack}: ${row.error?.message ?? 'it was left out'}`);
        const run = join(folder, row.folder);
        const report = await readRunReport(run);
        const digest = sha256(readFileSync(join(run, 'report.json')));
        if (digest !== row.digest) refuse(`another report of ${row.stack} than the one that the matrix judged`);
        const expectation = expectationOf(report, digest);
        progress(`${row.stack}: ${differenceOf(stack.defaults?.expected ?? null, expectation)}`);
        found.push([join(stack.folder, 'expected.yaml'), expectation]);
      }
      for (const [file, expectation] of found) writeFileSync(file, expectationText(expectation));
      progress(`expected: ${found.length} written; review the difference as you would review code`);
      return 0;
    });
  },
};
