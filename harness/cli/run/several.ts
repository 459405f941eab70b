import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../declare/run/index.ts';
import type { Declared, DeclareOptions } from '../../declare/run/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Schedule, Stack } from '../../model/index.ts';
import type { SigningKey } from '../../prove/index.ts';
import { buildMatrix, renderMatrix, serialiseMatrix } from '../../../reports/matrix/index.ts';
import type { Matrix, MatrixEntry, MatrixHead } from '../../../reports/matrix/index.ts';
import { partOf } from '../index.ts';
import type { CommandContext } from '../index.ts';
import { durationText } from './budget/index.ts';
import type { Choice, Night } from './budget/index.ts';
import { declareAndSchedule } from './declare.ts';
import { makeRunFolder } from './finish.ts';
import { performRun } from './perform.ts';
import type { Performed } from './perform.ts';

type Ready = { readonly declared: Declared; readonly schedule: Schedule };
type Outcome = MatrixEntry['outcome'];

/** How a stack is declared and run; the default is for real. `now`: milliseconds of a monotonic clock. */
export type SeveralSeam = {
  readonly declare: (options: DeclareOptions) => Promise<Ready>;
  readonly perform: (run: Ready & { folder: string; key: SigningKey }, context: CommandContext) => Promise<Performed>;
  readonly now: () => number;
};
const real: SeveralSeam = { declare: declareAndSchedule, perform: performRun, now: () => performance.now() };

export type SeveralOptions = {
  readonly stacks: readonly Stack[];
  readonly declare: Omit<DeclareOptions, 'stack'>;
  readonly head: Pick<MatrixHead, 'matrix' | 'startedAt' | 'harness'>;
  /** Folder of the matrix; the runs go into folders in it. */
  readonly folder: string;
  readonly key: SigningKey;
  /** The night within whose budget they are run; null: however long it takes. */
  readonly night: Night | null;
};

/**
 * Runs one plan on several stacks, one after another, and keeps the matrix of what there is after each. A stack that cannot be
 * declared, started or finished is a row, and the others go on; after an interruption the rest are rows that were not run. With a
 * night, what is run on a stack is decided just before it, by the time that is left then: the plan, a lighter one, or nothing. Throws
 * only where none of the stacks can be declared: what is wrong then is the call.
 */
export const runSeveral = async (
  { stacks, declare, head, folder, key, night }: SeveralOptions,
  context: CommandContext,
  { declare: declareOne, perform, now }: SeveralSeam = real,
): Promise<Matrix> => {
  const { progress, signal } = context;
  const wrong = new Map<string, unknown>();
  const required = new Map<string, MatrixEntry['attacks']>();
  let plan = declare.plan;
  for (const { id } of stacks) {
    try {
      const { declared } = await declareOne({ ...declare, stack: id });
      plan = declared.plan.id;
      required.set(
        id,
        declared.required.map(({ meta }) => meta),
      );
    } catch (error) {
      wrong.set(id, error);
      progress(`${id}: ${errorOf(error).message}`);
    }
  }
  if (wrong.size === stacks.length) throw [...wrong.values()][0];
  makeRunFolder(folder);

  const entries = new Map<string, MatrixEntry>(
    stacks.map((stack) => [
      stack.id,
      { stack, attacks: required.get(stack.id) ?? [], outcome: { error: notRun }, folder: null, trimmed: null },
    ]),
  );
  const keep = async (): Promise<Matrix> => {
    const { only = null, overlay = null, seed } = declare;
    const budget = night && { ms: night.budgetMs, spentMs: Math.round(night.spentMs()) };
    const matrix = buildMatrix({ ...head, plan, seed, only, overlay: overlay !== null, budget }, [...entries.values()]);
    await writeMatrix(folder, matrix);
    return matrix;
  };
  if (night !== null) progress(forecast(night, stacks, wrong));
  for (const [at, stack] of stacks.entries()) {
    const { id } = stack;
    if (signal.aborted) break;
    const ahead = stacks.slice(at).filter((other) => !wrong.has(other.id));
    const chosen = night?.choose(ahead.length) ?? null;
    const { rung, trimmed } = wrong.has(id) ? asAsked : (chosen?.[0] ?? asAsked);
    const afterMs = chosen?.slice(1).reduce((sum, { takesMs }) => sum + takesMs, 0);
    const named = {
      ...partOf(context, { name: id, at: at + 1, of: stacks.length, afterMs }),
      progress: (line: string): void => progress(`${id}: ${line}`),
    };
    const own = join(folder, id);
    named.progress(`${at + 1} of ${stacks.length}`);
    let outcome: Outcome = null;
    if (trimmed?.instead === null) named.progress(`left out: ${durationText(trimmed.leftMs)} of the budget are left`);
    else {
      if (trimmed?.instead) named.progress(`${trimmed.instead.plan} instead of ${trimmed.asked.plan}: the budget`);
      const began = now();
      try {
        // Declared again, so that the schedules of all stacks need not be held at once.
        if (wrong.has(id)) throw wrong.get(id);
        const ready = await declareOne({ ...declare, plan: rung?.named ?? declare.plan, stack: id });
        required.set(
          id,
          ready.declared.required.map(({ meta }) => meta),
        );
        const { report } = await perform({ ...ready, folder: own, key }, named);
        outcome = { report, digest: sha256(readFileSync(join(own, 'report.json'))) };
        if (rung !== null && !report.partial) night?.saw({ plannedMs: rung.plannedMs, tookMs: now() - began });
        named.progress(`${report.verdict}, ${own}/report.html`);
      } catch (error) {
        outcome = { error: errorOf(error) };
        named.progress(`error: ${errorOf(error).message}`);
      }
    }
    const kept = existsSync(join(own, 'report.html')) ? id : null;
    entries.set(id, { stack, attacks: required.get(id) ?? [], outcome, folder: kept, trimmed });
    await keep();
  }
  return keep();
};

const asAsked: Choice = { rung: null, trimmed: null, takesMs: 0 };

const notRun = { code: 'interrupted', message: 'not run: stopped before its turn', hint: null };

/** What the night would look like if every run took what is expected of it. */
const forecast = (night: Night, stacks: readonly Stack[], wrong: ReadonlyMap<string, unknown>): string => {
  const sound = stacks.filter(({ id }) => !wrong.has(id));
  const plans = night.choose(sound.length).map(({ rung }, at) => `${sound[at]!.id} ${rung?.plan.id ?? 'left out'}`);
  return `budget ${durationText(night.budgetMs)}: ${plans.join(', ')}`;
};

const errorOf = (error: unknown): { code: string; message: string; hint: string | null } =>
  error instanceof HoldfastError
    ? { code: error.code, message: error.message, hint: error.hint ?? null }
    : { code: 'internal', message: error instanceof Error ? error.message : String(error), hint: null };

/** The files of a matrix in its folder. */
const writeMatrix = async (folder: string, matrix: Matrix): Promise<void> => {
  writeFileSync(join(folder, 'matrix.json'), serialiseMatrix(matrix));
  writeFileSync(join(folder, 'matrix.html'), await renderMatrix(matrix, 'html'));
  writeFileSync(join(folder, 'matrix.md'), await renderMatrix(matrix, 'markdown'));
};
