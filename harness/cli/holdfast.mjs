#!/usr/bin/env node
// The launcher: what runs before anything is installed. Built-ins only, and nothing that Node 20 lacks. It brings
// node_modules in line with package-lock.json, then hands over to the pinned Node 24 running main.ts.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.holdfast-lock');
const node = join(modules, '.bin', 'node');

const launched = Date.now();
const say = (line) => process.stderr.write(`${line}\n`);

const fail = (message, hint) => {
  say(`error: ${message}`);
  if (hint) say(`hint: ${hint}`);
  process.exit(255);
};

/** PATH without the folder that `npm ci` is about to replace: npm itself must not run on a Node that it deletes. */
const outsidePath = () =>
  (process.env.PATH || '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(modules))
    .join(delimiter);

/** True where npm's own record of what it installed (node_modules/.package-lock.json) agrees with package-lock.json. */
const agrees = (lock) => {
  const hidden = join(modules, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  let installed;
  try {
    installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  } catch {
    return false;
  }
  const wanted = Object.entries(JSON.parse(lock).packages).filter(([path]) => path !== '');
  const same = ([path, entry]) =>
    installed[path] === undefined
      ? entry.optional === true
      : installed[path].version === entry.version && installed[path].integrity === entry.integrity;
  const known = new Set(wanted.map(([path]) => path));
  return wanted.every(same) && Object.keys(installed).every((path) => path === '' || known.has(path));
};

/** Installs the dependencies where they are absent or differ from the lock file; says so, and how long it took. */
const install = () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const digest = createHash('sha256').update(lock).digest('hex');
  const stamped = existsSync(stamp) ? readFileSync(stamp, 'utf8').trim() : '';
  if (existsSync(node) && stamped === digest) return;
  if (!existsSync(node) || !agrees(lock)) {
    say(
      existsSync(modules)
        ? 'dependencies: node_modules differs from package-lock.json; running npm ci'
        : 'dependencies: not installed; running npm ci',
    );
    const began = process.hrtime.bigint();
    const env = { ...process.env, PATH: outsidePath() };
    const done = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      env,
      stdio: ['ignore', 2, 2],
    });
    if (done.error)
      fail(`expected npm on PATH, got ${done.error.message}`, 'install Node 20 or newer together with npm');
    if (done.status !== 0)
      fail(`npm ci failed (${done.status === null ? done.signal : `exit ${done.status}`})`, `cd ${root} && npm ci`);
    if (!existsSync(node))
      fail(
        'npm ci succeeded, but the pinned Node 24 is not at node_modules/.bin/node',
        'npm must be allowed to run the install script of the package node: npm config set ignore-scripts false',
      );
    say(`dependencies: installed in ${(Number(process.hrtime.bigint() - began) / 1e9).toFixed(1)} s`);
  }
  writeFileSync(stamp, `${digest}\n`);
};

/** Makes `npx holdfast` find this file without asking and without a network; npm links the bins of dependencies only. */
const link = () => {
  const bin = join(modules, '.bin', 'holdfast');
  if (existsSync(bin)) return;
  try {
    if (lstatSync(bin)) rmSync(bin);
  } catch {
    // Not there at all.
  }
  try {
    symlinkSync(join('..', '..', 'harness', 'cli', 'holdfast.mjs'), bin);
  } catch (error) {
    if (error.code !== 'EEXIST') say(`note: npx holdfast is not available (${error.message})`);
  }
};

/** How long the child may take from its last word to its end. */
const exitMs = 5000;

/**
 * Runs main.ts. The IPC channel carries one message, the exit code: Node now and then never gets past its own shutdown
 * (nodejs/node#54918, threads that wait for each other), and a job must not hang because of that. The channel's end tells the child
 * that this process is gone, however it died.
 */
const handOver = () => {
  const path = [join(modules, '.bin'), outsidePath()].join(delimiter);
  const child = spawn(node, [join(root, 'harness', 'cli', 'main.ts'), ...process.argv.slice(2)], {
    env: {
      ...process.env,
      PATH: path,
      // Progress counts from here, what the launcher itself had to install included.
      HOLDFAST_LAUNCHED: String(launched),
      // Stripping the types of some 500 files takes Node a second each time; what it kept of them is keyed by their text.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || join(modules, '.cache', 'holdfast'),
    },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    let forwarded = false;
    process.on(signal, () => {
      if (!forwarded) child.kill(signal);
      forwarded = true;
    });
  }
  child.on('error', (error) =>
    fail(`expected to start ${node}, got ${error.message}`, `rm -rf ${modules}, then try again`),
  );
  let said = null;
  child.on('message', ({ exit }) => {
    said = exit;
    setTimeout(() => child.kill('SIGKILL'), exitMs).unref();
  });
  child.on('exit', (code, signal) => {
    if (said !== null) process.exit(said);
    if (signal !== null)
      fail(
        `the harness was killed by ${signal} (${constants.signals[signal]})`,
        'npx holdfast clean removes anything that is left',
      );
    process.exit(code);
  });
};

if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`expected Node 20 or newer, got ${process.versions.node}`, 'install Node 20 or newer');
install();
link();
handOver();
