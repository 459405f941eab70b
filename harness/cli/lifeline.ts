import { readFileSync } from 'node:fs';

/** A process that cannot be confused with a later one of the same number: its start time, in clock ticks since boot. */
export type Ancestor = { readonly pid: number; readonly startedAt: string };

/** A process as /proc tells it, or null where there is none. */
export type ReadProcess = (
  pid: number,
) => { readonly parent: number; readonly startedAt: string; readonly command: string } | null;

/** Reads /proc/PID/stat and cmdline; the name in parentheses may itself hold spaces and parentheses (proc_pid_stat(5)). */
export const readProcess: ReadProcess = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return null;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { parent: Number(fields[1]), startedAt: fields[19] ?? '', command };
  } catch {
    return null;
  }
};

/**
 * The ancestors from the parent of `pid` up to npm, npm included; none where npm is not above. A shell that put
 * `holdfast run` into the background may exit: so nothing above npm, and without npm nothing at all, is watched.
 */
export const ancestorsToNpm = (pid: number, read: ReadProcess = readProcess): readonly Ancestor[] => {
  const chain: Ancestor[] = [];
  for (let at = read(pid)?.parent ?? 0; at > 1 && chain.length < 16;) {
    const found = read(at);
    if (found === null) return [];
    chain.push({ pid: at, startedAt: found.startedAt });
    if (/^npm |(^|\/)(npm|npx)(-cli\.js)?( |$)/.test(found.command)) return chain;
    at = found.parent;
  }
  return [];
};

/**
 * Calls `lost` once when the launcher dies (its IPC channel ends) or, under npm, when one of the processes between here and
 * npm is gone: `kill -9` leaves them no chance to tell. Keeps the process alive for neither.
 */
export const watchLifeline = (lost: (what: string) => void): void => {
  let told = false;
  const tell = (what: string): void => {
    if (!told) lost(what);
    told = true;
  };
  if (process.channel) {
    process.once('disconnect', () => tell('the launcher is gone'));
    process.channel.unref();
  }
  if (process.env['npm_lifecycle_event'] === undefined && process.env['npm_command'] === undefined) return;
  const ancestors = ancestorsToNpm(process.pid);
  if (ancestors.length === 0) return;
  setInterval(() => {
    if (ancestors.some(({ pid, startedAt }) => readProcess(pid)?.startedAt !== startedAt)) tell('npm is gone');
  }, 500).unref();
};
