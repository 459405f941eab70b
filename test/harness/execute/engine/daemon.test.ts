import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { startDaemon, stopDaemon } from '../../../../harness/execute/engine/daemon.ts';

/** A `dockerd` that does nothing but run, first on PATH, and a cache folder of its own. */
const withFakeDaemon = (t: { testdir: () => string; teardown: (undo: () => void) => void }): string => {
  const at = t.testdir();
  writeFileSync(join(at, 'dockerd'), '#!/bin/sh\necho started\nexec sleep 60\n');
  chmodSync(join(at, 'dockerd'), 0o755);
  const { PATH, XDG_CACHE_HOME } = process.env;
  Object.assign(process.env, { PATH: `${at}:${PATH}`, XDG_CACHE_HOME: at });
  t.teardown(() => {
    process.env['PATH'] = PATH ?? '';
    if (XDG_CACHE_HOME === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = XDG_CACHE_HOME;
  });
  return join(at, 'holdfast');
};

const silent = (): void => undefined;

t.test('the daemon that holdfast started can be stopped, once', async (t) => {
  const cache = withFakeDaemon(t);
  startDaemon();
  const pid = Number(readFileSync(join(cache, 'dockerd.pid'), 'utf8').split(' ')[0]);
  t.ok(existsSync(`/proc/${pid}`), 'it runs');
  t.not(
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[5],
    readFileSync('/proc/self/stat', 'utf8').split(' ')[5],
    'in a session of its own',
  );
  t.equal(await stopDaemon(silent), true);
  t.equal(existsSync(join(cache, 'dockerd.pid')), false);
  t.equal(await stopDaemon(silent), false);
});

t.test('a process that merely has the number of that daemon is not touched', async (t) => {
  const cache = withFakeDaemon(t);
  startDaemon();
  const file = join(cache, 'dockerd.pid');
  const [daemon] = readFileSync(file, 'utf8').split(' ');
  t.teardown(() => process.kill(Number(daemon), 'SIGKILL'));
  writeFileSync(file, `${daemon} 12345\n`);
  t.equal(await stopDaemon(silent), false);
  t.ok(existsSync(`/proc/${daemon}`));
});
