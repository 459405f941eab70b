import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { projectRoot } from '../../harness/declare/discover/index.ts';
import { openPlan } from '../../harness/declare/plan/index.ts';
import { chooseStacks } from '../../harness/cli/run/choose-stacks.ts';
import { discoverStacks } from '../../harness/declare/stack/index.ts';
import { testFiles } from '../../harness/cli/self-test/index.ts';
import { documentedCommands, wordsOf } from '../support/documented.ts';
import { helpExamples, isPlaceholder, parseOnly } from '../support/parse-only.ts';

// Every command that a page or a help text names is one that there is, and works on a clean clone with Node 20 and npm alone.
const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

const stacks = discoverStacks();

/** What a plan, a stack or a test file of that name is; a complaint where there is none. */
const nothingNamed = (command: string, args: readonly string[], options: Readonly<Record<string, unknown>>): string => {
  const plans = [...(command === 'run' ? args : []), options['plan']];
  for (const plan of plans) if (typeof plan === 'string' && !isPlaceholder(plan)) openPlan(plan);
  const named = [options['stack']].flat().filter((one) => typeof one === 'string');
  for (const stack of named) if (!isPlaceholder(stack)) chooseStacks([stack], stacks);
  if (command === 'self-test')
    for (const path of args) {
      const found = testFiles([path]);
      if (found.pure.length + found.stacks.length === 0) return `no test file begins with ${path}`;
    }
  return '';
};

/** What is wrong with `holdfast WORDS`; a bare name of a command, as prose has it, may lack what the command requires. */
const faultOfHoldfast = async (words: readonly string[], bare: boolean): Promise<string> => {
  const [command = ''] = words;
  if (isPlaceholder(command) || command === '&') return '';
  const parsed = await parseOnly(words);
  if (typeof parsed === 'string') return bare && /missing required|required option|Usage: /.test(parsed) ? '' : parsed;
  return nothingNamed(command, parsed.args, parsed.options);
};

const faultOf = async (line: string): Promise<string> => {
  const [tool, ...words] = wordsOf(line);
  const [first = '', ...more] = words;
  if (tool === 'holdfast') return faultOfHoldfast(words, more.length === 0);
  if (tool === 'npx')
    return first === 'holdfast' ? faultOfHoldfast(more, false) : 'npx fetches it where nothing is there';
  if (tool === 'npm') {
    const script = first === 'run' ? more[0]! : first;
    if (scripts[script] === undefined) return `package.json has no script ${script}`;
    return script === 'start' ? faultOfHoldfast(['run', ...more.filter((word) => word !== '--')], false) : '';
  }
  if (/(?:harness\/cli\/holdfast\.mjs|^\$HOLDFAST)$/.test(first)) return faultOfHoldfast(more, false);
  return 'Node 20 does not run it';
};

t.test('every command of a page', async (t) => {
  const commands = documentedCommands();
  t.ok(commands.length > 80, `${commands.length} were found`);
  for (const { page, line } of commands) t.equal(await faultOf(line), '', `${page}: ${line}`);
});

t.test('every example of a help text', async (t) => {
  const examples = helpExamples();
  t.ok(examples.length > 30, `${examples.length} were found`);
  for (const example of examples) t.equal(await faultOf(example.replace(/ {2,}#.*$/, '')), '', example);
});

t.test('a command, a flag, a plan or a tool that is not there is a fault', async (t) => {
  for (const line of [
    'npx holdfast runs quick',
    'npx holdfast run quick --stacks all',
    'npx holdfast run quicker',
    'npx holdfast run quick --stack envoy-envy',
    'npx holdfast check RUN --format pdf',
    'npx holdfast self-test test/nowhere',
    'npx holdfast compare BEFORE',
    'npx tap run FILE',
    'npm run benches',
    'npm start -- --plans quick',
    'node reports/matrix/golden.ts',
  ])
    t.not(await faultOf(line).catch(String), '', line);
});

t.test('a script that Node 20 cannot run itself has one before it that brings the pinned one', (t) => {
  for (const [name, script] of Object.entries(scripts))
    if (/\bnode \S+\.ts\b/.test(script)) t.match(scripts[`pre${name}`], /holdfast\.mjs/, name);
  t.end();
});
