import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import { HoldfastError } from '../../model/index.ts';
import type { Reload } from '../../model/index.ts';
import { containersOf } from '../stack/index.ts';
import { changedFiles, writeMounted } from './files.ts';

/** One reload: when it was asked for, to which configuration, and what went wrong. */
export type RawReload = { readonly atNs: bigint; readonly to: 'own' | 'other'; readonly error: string | null };

/** A phase in which the edge is reloaded; CLOCK_MONOTONIC ns. */
export type Storm = { readonly startNs: bigint; readonly endNs: bigint; readonly everyMs: number };

export type StormInputs = {
  readonly docker: Dockerode;
  readonly run: string;
  readonly reload: Reload;
  /** Folder of the mounted configuration. */
  readonly config: string;
  readonly own: ReadonlyMap<string, string>;
  readonly other: ReadonlyMap<string, string>;
  readonly storms: readonly Storm[];
  readonly signal: AbortSignal;
};

/**
 * Makes the edge take the other configuration and its own again in turn, at absolute times, while each storm lasts; it ends with its
 * own, also after an abort. Throws `internal` where the two do not differ. Effects: writes mounted files, signals containers.
 */
export const runReloads = async (inputs: StormInputs): Promise<readonly RawReload[]> => {
  const { docker, run, reload, config, own, other, storms, signal } = inputs;
  const changed = changedFiles(own, other);
  if (changed.size === 0)
    throw new HoldfastError('internal', 'expected another configuration to reload, found the same one', {
      hint: 'if you gave an overlay, see whether it replaces what the compiler makes of the rules',
    });
  const original = new Map([...changed.keys()].map((path) => [path, own.get(path)!]));
  const containers = await containersOf(docker, run);
  const take = async (to: RawReload['to']): Promise<RawReload> => {
    const atNs = process.hrtime.bigint();
    try {
      writeMounted(config, to === 'own' ? original : changed);
      for (const { service, signal: name } of reload.signals) {
        const container = containers.get(service);
        if (container === undefined) throw new Error(`there is no container of ${service}`);
        await docker.getContainer(container.id).kill({ signal: name });
      }
      return { atNs, to, error: null };
    } catch (error) {
      return { atNs, to, error: error instanceof Error ? error.message : String(error) };
    }
  };
  const done: RawReload[] = [];
  for (const { startNs, endNs, everyMs } of storms) {
    const every = BigInt(everyMs) * 1_000_000n;
    // The last one of a storm is back to its own, a whole interval before the phase ends.
    const count = Number((endNs - startNs) / every) - 1;
    for (let i = 0; i < count - (count % 2) && !signal.aborted; i++) {
      await until(startNs + every * BigInt(i), signal);
      if (!signal.aborted) done.push(await take(i % 2 === 0 ? 'other' : 'own'));
    }
    if (done.at(-1)?.to === 'other') done.push(await take('own'));
  }
  return done;
};

const until = async (ns: bigint, signal: AbortSignal): Promise<void> => {
  const ms = Number(ns - process.hrtime.bigint()) / 1e6;
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
};
