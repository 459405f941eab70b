import { availableParallelism, freemem, release, totalmem } from 'node:os';
import {
  imageNames,
  inspectImage,
  pingEngine,
  probeTool,
  readRecipe,
  recipeLabel,
  sourceLabel,
  thisHost,
  toolNames,
} from '../../execute/engine/index.ts';
import { textOrJson } from '../format.ts';
import type { CommandModule } from '../index.ts';

/**
 * One thing that was looked at. `missing`: a run needs it, and `holdfast setup` brings it or says what to do. `absent`: needed
 * only to build what no registry gives.
 */
export type Finding = { readonly what: string; readonly state: 'ok' | 'missing' | 'absent'; readonly detail: string };

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

const machine = (): Finding => ({
  what: 'machine',
  state: 'ok',
  detail: `${availableParallelism()} CPUs, ${gib(freemem())} of ${gib(totalmem())} memory free, kernel ${release()}, Node ${process.versions.node}`,
});

const engine = async (): Promise<readonly Finding[]> => {
  const found = await pingEngine();
  if ('error' in found) return [{ what: 'engine', state: 'missing', detail: found.error }];
  const compose = await thisHost().run('docker', ['compose', 'version', '--short']);
  return [
    { what: 'engine', state: 'ok', detail: `Docker ${found.version}` },
    compose.ok
      ? { what: 'compose', state: 'ok', detail: compose.output.trim() }
      : { what: 'compose', state: 'missing', detail: 'docker has no compose plugin' },
    ...(await Promise.all(imageNames().map(image))),
  ];
};

const image = async (name: string): Promise<Finding> => {
  const recipe = readRecipe(name);
  const what = `image ${name}`;
  const found = await inspectImage(recipe.reference);
  if (found === null) return { what, state: 'missing', detail: `${recipe.reference} is not there` };
  const same = found.labels[recipeLabel] === recipe.digest;
  return same
    ? {
        what,
        state: 'ok',
        detail: `${recipe.reference}, ${found.labels[sourceLabel] ?? 'made'}, ${found.id.slice(0, 19)}`,
      }
    : { what, state: 'missing', detail: `${recipe.reference} is of another recipe` };
};

const tool = async (name: (typeof toolNames)[number]): Promise<Finding> => {
  const there = await probeTool(name, thisHost());
  return {
    what: `tool ${name}`,
    state: there ? 'ok' : 'absent',
    detail: there ? 'runs' : 'needed where no image registry is reachable',
  };
};

export const command: CommandModule = {
  name: 'doctor',
  summary: 'says what a run needs on this machine, and what of it is there; changes nothing',
  examples: ['npx holdfast doctor', 'npx holdfast doctor --format json'],
  register: (command, { stdout }) => {
    command
      .option('--format <format>', 'text or json', textOrJson, 'text')
      .action(async (options: { format: 'text' | 'json' }) => {
        const findings = [machine(), ...(await engine()), ...(await Promise.all(toolNames.map(tool)))];
        const missing = findings.filter(({ state }) => state === 'missing');
        stdout.write(
          options.format === 'json'
            ? `${JSON.stringify({ ready: missing.length === 0, findings }, null, 2)}\n`
            : [
                ...findings.map(({ what, state, detail }) => `${state.padEnd(8)} ${what.padEnd(17)} ${detail}`),
                missing.length === 0
                  ? 'ready: a run finds what it needs'
                  : `missing ${missing.length}: npx holdfast setup`,
                '',
              ].join('\n'),
        );
        return missing.length === 0 ? 0 : 2;
      });
  },
};
