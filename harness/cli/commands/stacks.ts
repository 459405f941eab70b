import { discoverAttackMetas } from '../../declare/discover/index.ts';
import { hopsOf } from '../../declare/stack/index.ts';
import { lackText, missingFeatures } from '../../model/index.ts';
import type { Expectation, Stack } from '../../model/index.ts';
import { textOrJson } from '../format.ts';
import type { CommandModule } from '../index.ts';
import { stacksNamed } from '../run/index.ts';

/** `holdfast stacks`: the stacks that are here. */
export const command: CommandModule = {
  name: 'stacks',
  summary:
    'lists the stacks: load balancer, mesh, hops, and the attacks that do not apply; products as they ship apart',
  examples: ['npx holdfast stacks', "npx holdfast stacks 'haproxy-*'", 'npx holdfast stacks --format json'],
  register: (command, { stdout }) => {
    command
      .argument('[stacks...]', 'only these: ids or globs', ['all'])
      .option('--format <format>', 'text or json', textOrJson, 'text')
      .action((wanted: string[], options: { format: 'text' | 'json' }) => {
        const stacks = stacksNamed(wanted);
        stdout.write(
          options.format === 'json' ? `${JSON.stringify(stacks.map(factsOf), null, 2)}\n` : describeStacks(stacks),
        );
        return 0;
      });
  },
};

const hopsText = (stack: Stack): string[] => hopsOf(stack).map(({ from, to }) => `${from}→${to}`);

/** The attacks that do not apply to a stack, with the features that it lacks for each. */
const excluded = ({ features }: Stack): readonly (readonly [id: string, missing: readonly string[]])[] =>
  [...discoverAttackMetas().values()]
    .map(({ meta }) => [meta.id, missingFeatures(meta, features)] as const)
    .filter(([, missing]) => missing.length > 0);

/** The same by feature, as lines. */
const lacked = (stack: Stack): readonly string[] => {
  const without = excluded(stack);
  return [...new Set(without.flatMap(([, missing]) => missing))].map((feature) => {
    const ids = without.filter(([, missing]) => missing.includes(feature)).map(([id]) => id);
    return `${lackText([feature])}: ${ids.join(', ')} ${ids.length === 1 ? 'does' : 'do'} not apply`;
  });
};

const letThrough = (expected: Expectation | null): string =>
  expected === null
    ? 'never measured: npx holdfast expect'
    : `let through ${expected.verdicts.fail.join(', ') || 'nothing'} in run ${expected.measured.run} of ${expected.measured.plan}`;

const factsOf = (stack: Stack) => ({
  id: stack.id,
  title: stack.title,
  edge: stack.parts.edge,
  mesh: stack.parts.mesh,
  compilers: stack.compilers,
  upstream: stack.edge.upstream,
  hops: hopsText(stack),
  images: stack.images,
  features: stack.features,
  notApplicable: Object.fromEntries(excluded(stack).map(([id, missing]) => [id, lackText(missing)])),
  defaults: stack.defaults,
});

/** What is listed of each stack beneath its id: how its parts are named, its hops, and what does not apply. */
const describeStacks = (stacks: readonly Stack[]): string => {
  const width = Math.max(...stacks.map(({ id }) => id.length));
  const indent = ' '.repeat(width + 2);
  const entry = (stack: Stack): string =>
    [
      `${stack.id.padEnd(width)}  ${stack.title}`,
      ...(stack.defaults === null
        ? [`edge ${stack.parts.edge ?? 'of its own'}, mesh ${stack.parts.mesh ?? 'of its own'}`]
        : [
            `${stack.defaults.product} ${stack.defaults.version}: ${stack.defaults.page}`,
            letThrough(stack.defaults.expected),
          ]),
      hopsText(stack).join(', '),
      ...lacked(stack),
    ]
      .map((line, at) => (at === 0 ? line : indent + line))
      .join('\n');
  const part = (title: string, of: readonly Stack[]): readonly string[] =>
    of.length === 0 ? [] : [title, '', ...of.map(entry), ''];
  return [
    ...part(
      'Reference stacks, which must hold',
      stacks.filter(({ defaults }) => defaults === null),
    ),
    ...part(
      'Products as they ship, which must be broken by just what got through where they were measured',
      stacks.filter(({ defaults }) => defaults !== null),
    ),
  ].join('\n');
};
