import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from '../../compare/index.ts';
import type { OpenedGate } from '../../declare/gate/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Baseline, Comparison } from '../../model/index.ts';
import { composeBaseline, mostRuns, readBaseline, resolveSide, withFiles, writeBaseline } from '../compare/index.ts';
import type { RunsSide, Side } from '../compare/index.ts';
import type { Progress } from '../index.ts';
import { harnessVersion } from '../run/index.ts';
import type { NightRun } from './night.ts';

/** Where baselines are looked for. */
export type Baselines = {
  /** A baseline by name, the beginning of the names of several, or a path; null: none was named. */
  readonly named: string | null;
  /** Folder of the named ones. */
  readonly folder: string;
  /** Folder in which the last good nights are kept; null: they are not. */
  readonly kept: string | null;
};

/** What came of comparing a run with its baseline. */
export type Compared = {
  readonly run: NightRun;
  /** Null where there is nothing to compare with. */
  readonly comparison: Comparison | null;
  /** True where it was compared with the nights before and not with a baseline that somebody chose. */
  readonly withKept: boolean;
  /** Why it was not compared; null where it was. */
  readonly why: string | null;
  /** True where a baseline that somebody named is there, and cannot be read. */
  readonly unreadable: boolean;
};

/** The name under which good runs of a stack with a plan are kept: another plan measures something else. */
export const keptName = ({ stack, report }: NightRun): string => `last-good.${stack}.${report.plan}`;

type Found = { readonly side: RunsSide; readonly kept: boolean };

/** Compares a run with the baseline that fits its stack and its plan: one that was named, else the nights that were kept. */
export const compareRun = async (
  run: NightRun,
  baselines: Baselines,
  gate: OpenedGate,
  progress: Progress,
): Promise<Compared> => {
  const found = await findBaseline(run, baselines, progress);
  if ('why' in found) return { run, comparison: null, withKept: false, unreadable: false, ...found };
  const after = await runSide(run.folder, progress);
  const sides = withFiles(found.side, { ...after, label: run.report.run });
  return {
    run,
    comparison: compare(...sides, gate, harnessVersion()),
    withKept: found.kept,
    why: null,
    unreadable: false,
  };
};

const runSide = async (folder: string, progress: Progress): Promise<RunsSide> =>
  (await resolveSide(folder, folder, progress)) as RunsSide;

const findBaseline = async (
  run: NightRun,
  { named, folder, kept }: Baselines,
  progress: Progress,
): Promise<Found | { readonly why: string; readonly unreadable?: true }> => {
  const { stack, report } = run;
  const isPath = named !== null && /[/\\]/.test(named);
  const names = named === null || isPath ? [] : [`${named}.${stack}.${report.plan}`, `${named}.${stack}`, named];
  const files = [
    ...(isPath ? [named] : names.map((name) => join(folder, `${name}.json`))).map((file) => ({ file, kept: false })),
    ...(kept === null ? [] : [{ file: join(kept, `${keptName(run)}.json`), kept: true }]),
  ].filter(({ file }) => existsSync(file));
  const others: string[] = [];
  for (const { file, kept } of files) {
    let side: Side;
    try {
      side = await resolveSide(file, folder, progress);
    } catch (error) {
      // Of another version of Holdfast, say. That the report cannot be compared must not cost the report.
      const why = `${file}: ${error instanceof Error ? error.message : String(error)}`;
      if (!kept) return { why, unreadable: true };
      progress(`${why}; begun anew`);
      continue;
    }
    if (side.kind === 'matrix') continue;
    const { plan, stack: of } = side.postures.at(-1)!;
    if (of === stack && plan === report.plan)
      return { side: kept ? { ...side, label: 'the last good nights' } : side, kept };
    if (of === stack) others.push(`${side.label} is of the plan ${plan}`);
  }
  if (others.length > 0) return { why: `${others.join(', ')}, and this run is of ${report.plan}` };
  if (named !== null) return { why: `there is no baseline ${isPath ? named : names.join(', ')} of its stack and plan` };
  return { why: kept === null ? 'no baseline was named' : 'it is the first of its stack and plan that is kept' };
};

/**
 * Keeps a run that is as expected and no regression as one of the last good nights, beside at most nine before it, from which the
 * spread between runs is measured. Where it could not be compared with those it begins anew. Gives the file, or null.
 */
export const keepRun = async (compared: Compared, folder: string, progress: Progress): Promise<string | null> => {
  const { run, comparison } = compared;
  if (!run.asExpected || comparison?.verdict === 'REGRESSION') return null;
  const name = keptName(run);
  const before = join(folder, `${name}.json`);
  const comparable = compared.withKept && comparison?.verdict === 'NO REGRESSION';
  const earlier = comparable ? readBaseline(before).baseline.runs : [];
  const { postures, digests } = await runSide(run.folder, progress);
  const own = { report: digests[0]!, posture: postures[0] };
  return writeBaseline(composeOrBegin(name, earlier, own), folder).file;
};

const composeOrBegin = (name: string, earlier: Baseline['runs'], own: Baseline['runs'][number]): Baseline => {
  try {
    return composeBaseline(name, [...earlier, own], mostRuns);
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    // The plan has changed since, say: the nights before are not runs of the same.
    return composeBaseline(name, [own], mostRuns);
  }
};
