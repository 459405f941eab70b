import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache.ts';
import type { Progress } from './progress.ts';

const pidFile = (): string => join(cacheFolder(), 'dockerd.pid');
/** Where a daemon that Holdfast started writes its log. */
export const daemonLog = (): string => join(cacheFolder(), 'dockerd.log');

/** Start time of a process in clock ticks since boot, from /proc/PID/stat; null where there is none of that number. */
const startTime = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
};

/**
 * Removes the pid files of a daemon that was killed where another process has its number by now: dockerd would take that one
 * for itself and refuse to start, or for its containerd and wait for it in vain.
 */
const removeStalePidFiles = (): void => {
  const files = { '/var/run/docker.pid': 'dockerd', '/var/run/docker/containerd/containerd.pid': 'containerd' };
  for (const [file, name] of Object.entries(files)) {
    try {
      const command = readFileSync(`/proc/${readFileSync(file, 'utf8').trim()}/comm`, 'utf8').trim();
      if (!command.includes(name)) rmSync(file);
    } catch {
      // No such file or no such process: dockerd copes with both.
    }
  }
};

/** Starts dockerd in a session of its own, so that it outlives this process; it logs to the cache folder. */
export const startDaemon = (): void => {
  removeStalePidFiles();
  const log = openSync(daemonLog(), 'a', 0o600);
  try {
    const child = spawn('dockerd', [], {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
    });
    child.on('error', () => {
      // The wait for the engine tells, with the log.
    });
    child.unref();
    if (child.pid !== undefined) writeFileSync(pidFile(), `${child.pid} ${startTime(child.pid) ?? ''}\n`);
  } finally {
    closeSync(log);
  }
};

/** Stops the daemon that Holdfast started, and no other one. Says what it did; true where something was stopped. */
export const stopDaemon = async (progress: Progress): Promise<boolean> => {
  const file = pidFile();
  if (!existsSync(file)) {
    progress('engine: holdfast did not start the daemon on this machine; nothing to stop');
    return false;
  }
  const [pid, started] = readFileSync(file, 'utf8').trim().split(' ');
  const running = (): boolean => started !== undefined && started !== '' && startTime(Number(pid)) === started;
  if (!running()) {
    progress('engine: the daemon that holdfast started has ended already');
    rmSync(file, { force: true });
    return false;
  }
  progress(`engine: stopping the daemon that holdfast started (pid ${pid})`);
  process.kill(Number(pid), 'SIGTERM');
  for (let waited = 0; waited < 30_000 && running(); waited += 200)
    await new Promise((resolve) => setTimeout(resolve, 200));
  if (running()) {
    progress(`engine: still stopping after 30 s; its log is ${daemonLog()}`);
    return false;
  }
  rmSync(file, { force: true });
  return true;
};
