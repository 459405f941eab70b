import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const launcher = fileURLToPath(new URL('../../../harness/cli/holdfast.mjs', import.meta.url));

const lock = (version: string): string =>
  JSON.stringify({ packages: { '': {}, 'node_modules/a': { version, integrity: 'x' } } });

/** What stands in for npm: it "installs" what the lock file says, and notes that it was called. */
const npm = `#!/bin/sh
echo "$@" >> npm-calls
mkdir -p node_modules/.bin
cp package-lock.json node_modules/.package-lock.json
ln -sf "${process.execPath}" node_modules/.bin/node
`;

/** A clone with the launcher, and a main.ts that tells what happens to it. */
const clone = (t: { testdir: () => string }, main: string): string => {
  const root = t.testdir();
  mkdirSync(join(root, 'harness/cli'), { recursive: true });
  mkdirSync(join(root, 'bin'));
  copyFileSync(launcher, join(root, 'harness/cli/holdfast.mjs'));
  writeFileSync(join(root, 'harness/cli/main.ts'), main);
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(root, 'package-lock.json'), lock('1.0.0'));
  writeFileSync(join(root, 'bin/npm'), npm);
  chmodSync(join(root, 'bin/npm'), 0o755);
  return root;
};

const env = (root: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
});

t.test('installs once, says so, and passes arguments and exit code through', async (t) => {
  const root = clone(t, 'console.log(JSON.stringify(process.argv.slice(2))); process.exit(7);');
  const run = () =>
    spawnSync(process.execPath, [join(root, 'harness/cli/holdfast.mjs'), 'run', '--plan', 'a b'], {
      env: env(root),
      encoding: 'utf8',
    });
  const calls = (): number =>
    existsSync(join(root, 'npm-calls')) ? readFileSync(join(root, 'npm-calls'), 'utf8').trim().split('\n').length : 0;

  t.match(run(), {
    status: 7,
    stdout: '["run","--plan","a b"]\n',
    stderr: /not installed; running npm ci[^]*installed in \d+\.\d s/,
  });
  t.ok(existsSync(join(root, 'node_modules/.bin/holdfast')), 'npx finds it');
  t.match(run(), { status: 7, stderr: '' }, 'the second start goes straight on');
  t.equal(calls(), 1);

  writeFileSync(join(root, 'package-lock.json'), lock('1.0.1'));
  t.match(run(), { status: 7, stderr: /node_modules differs from package-lock.json/ });
  t.equal(calls(), 2, 'another lock file is installed');

  rmSync(join(root, 'node_modules/.holdfast-lock'));
  t.match(run(), { status: 7, stderr: '' }, "what a user's own npm ci has installed is taken as it is");
  t.equal(calls(), 2);
});

t.test('a harness that has said its exit code and does not end is ended', async (t) => {
  const root = clone(t, 'process.send({ exit: 3 }); setInterval(() => {}, 1000);');
  const { status, signal } = spawnSync(process.execPath, [join(root, 'harness/cli/holdfast.mjs')], {
    env: env(root),
    encoding: 'utf8',
  });
  t.match({ status, signal }, { status: 3, signal: null });
});

t.test('without npm it says what to do, in a line', async (t) => {
  const root = clone(t, '');
  const run = spawnSync(process.execPath, [join(root, 'harness/cli/holdfast.mjs')], {
    env: { PATH: join(root, 'nowhere') },
    encoding: 'utf8',
  });
  t.match(run, { status: 255, stderr: /error: expected npm on PATH[^\n]*\nhint: install Node 20/ });
});

const waiting = `
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => { console.log(name); setTimeout(() => process.exit(2), 50); });
process.once('disconnect', () => { console.log('orphaned'); process.exit(2); });
process.channel.unref();
setInterval(() => {}, 1000);
console.log('ready ' + process.pid);
`;

const start = async (root: string) => {
  const child = spawn(process.execPath, [join(root, 'harness/cli/holdfast.mjs')], {
    env: env(root),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  while (!said.includes('ready')) await once(child.stdout, 'data');
  return { child, said: () => said };
};

t.test('forwards a signal once and mirrors the exit code', async (t) => {
  const root = clone(t, waiting);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const { child, said } = await start(root);
    child.kill(signal);
    const [code] = (await once(child, 'close')) as [number];
    t.equal(code, 2);
    t.match(said(), new RegExp(`^ready \\d+\\n${signal}\\n$`));
  }
});

t.test('killed with -9, its end reaches the child', async (t) => {
  const { child, said } = await start(clone(t, waiting));
  child.kill('SIGKILL');
  await once(child, 'close');
  t.match(said(), /orphaned\n$/);
});

t.test('a child that was killed is a fault of the harness, not a verdict', async (t) => {
  const { child, said } = await start(clone(t, waiting));
  process.kill(Number(/ready (\d+)/.exec(said())?.[1]), 'SIGKILL');
  const [code] = (await once(child, 'close')) as [number];
  t.equal(code, 255);
});

t.test('a dangling link from another place is mended', async (t) => {
  const root = clone(t, 'process.exit(0)');
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  symlinkSync('/nowhere/holdfast.mjs', join(root, 'node_modules/.bin/holdfast'));
  spawnSync(process.execPath, [join(root, 'harness/cli/holdfast.mjs')], { env: env(root) });
  t.ok(existsSync(join(root, 'node_modules/.bin/holdfast')));
});
