import { discoverStacks, hopsOf } from '../../declare/stack/index.ts';
import { textOrJson } from '../format.ts';
import type { CommandModule } from '../index.ts';

/** `holdfast stacks`: the stacks that are here. */
export const command: CommandModule = {
  name: 'stacks',
  summary: 'lists the stacks: load balancer, mesh, hops, and the attacks that do not apply',
  examples: ['npx holdfast stacks', 'npx holdfast stacks --format json'],
  register: (command, { stdout }) => {
    command
      .option('--format <format>', 'text or json', textOrJson, 'text')
      .action((options: { format: 'text' | 'json' }) => {
        const stacks = discoverStacks().map((stack) => ({
          id: stack.id,
          title: stack.title,
          hops: hopsOf(stack).map(({ from, to }) => `${from}→${to}`),
          notApplicable: stack.notApplicable,
        }));
        stdout.write(
          options.format === 'json'
            ? `${JSON.stringify(stacks, null, 2)}\n`
            : stacks.map(({ id, title, hops }) => `${id}  ${title}\n  ${hops.join(', ')}\n`).join(''),
        );
        return 0;
      });
  },
};
