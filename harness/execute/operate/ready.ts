import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { effectsOf } from '../../kinds/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Operation, Schedule } from '../../model/index.ts';
import type { Acting, OperationHost, Runner } from './runner.ts';

/** Everything that a schedule does to the stack, ready; `stop` ends it all, and is idempotent. */
export type ReadyActions = {
  readonly acting: ReadonlyMap<string, Acting<Operation['op']>>;
  readonly stop: () => Promise<void>;
};

/**
 * Readies the actions that the operations of a schedule need, each with a folder of its own below `scratch`. Throws `bad-input` for an
 * action that nothing carries out, and what an action throws; nothing is left behind then. Effects: loads code, starts containers.
 */
export const readyActions = async (
  host: Omit<OperationHost, 'schedule'> & { readonly schedule: Schedule },
): Promise<ReadyActions> => {
  const { schedule, scratch } = host;
  const operations = [schedule.capacity, schedule.main].flatMap((segment) => segment?.operations ?? []);
  const acting = new Map<string, Acting<Operation['op']>>();
  const stop = async (): Promise<void> => void (await Promise.all([...acting.values()].map((one) => one.stop())));
  const starts = await Promise.allSettled(
    [...new Set(operations.map(({ kind }) => kind))].map(async (kind) => {
      const folder = join(scratch, kind);
      mkdirSync(folder, { recursive: true });
      const runner = await runnerOf(kind);
      const own = operations.filter((operation) => operation.kind === kind);
      acting.set(kind, await runner.ready({ ...host, scratch: folder }, own));
    }),
  );
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  return { acting, stop };
};

const runnerOf = async (kind: string): Promise<Runner> => {
  const url = effectsOf('actions', kind, 'run.ts');
  const module = url === null ? {} : ((await import(url.href)) as { readonly runner?: Runner });
  if (module.runner !== undefined) return module.runner;
  throw new HoldfastError('bad-input', `expected the action ${kind} to have a run.ts with a "runner", found none`, {
    hint: 'see harness/kinds/README.md',
    ...(url !== null && { place: { file: url.pathname } }),
  });
};
