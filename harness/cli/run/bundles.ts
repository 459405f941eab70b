import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildReport } from '../../check/index.ts';
import { filesBelow } from '../../declare/run/index.ts';
import type { Declared } from '../../declare/run/index.ts';
import { byHandOf, renderOther } from '../../execute/run/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Schedule } from '../../model/index.ts';
import { readHistory } from '../../record/history/index.ts';
import { bundlesOf, parseByHand, parseSchedule, serialiseBundle } from '../../reproduce/index.ts';
import type { Bundle, FinishedRun } from '../../reproduce/index.ts';
import { writeFiles } from './write-files.ts';

/** What a run was made with, as far as its bundles need it. */
export type Made = Omit<FinishedRun, 'records' | 'report'>;

/** Names in the folder of a run. */
const [configFolder, reloadedFolder, handFile] = ['config', 'reloaded', 'by-hand.json'];

/**
 * Writes what a run is made with into its folder: the configuration as mounted, what differs of it in the configuration that the edge
 * is reloaded with, and what is changed by hand.
 */
export const recordMade = (
  folder: string,
  declared: Declared,
  schedule: Schedule,
  files: ReadonlyMap<string, string>,
): Made => {
  const other = renderOther(declared);
  const reloaded = other && new Map([...other].filter(([name, text]) => files.get(name) !== text));
  const hand = byHandOf(declared, files);
  const byHand = hand && { files: Object.fromEntries(hand.files), steps: hand.steps };
  writeFiles(join(folder, configFolder), files);
  if (reloaded !== null) writeFiles(join(folder, reloadedFolder), reloaded);
  if (byHand !== null) writeFileSync(join(folder, handFile), `${JSON.stringify(byHand, null, 2)}\n`);
  return {
    schedule,
    configuration: Object.fromEntries(files),
    reloaded: reloaded && Object.fromEntries(reloaded),
    byHand,
  };
};

/** Writes the bundle of each incident: `incidents/<id>/bundle.json`. */
export const writeBundles = (folder: string, run: FinishedRun): void =>
  writeFiles(
    folder,
    new Map(bundlesOf(run).map((bundle) => [`incidents/${bundle.incident.id}/bundle.json`, serialiseBundle(bundle)])),
  );

/** The bundles of a stored run, made from its history, its schedule and its configuration. Throws `bad-run`. */
export const bundlesOfFolder = (folder: string): readonly Bundle[] => {
  const records = readHistory(join(folder, 'history.ndjson.gz'));
  const text = (name: string): string => {
    const file = join(folder, name);
    try {
      return readFileSync(file, 'utf8');
    } catch (cause) {
      throw new HoldfastError('bad-run', `expected ${name} in the folder of the run, found none that can be read`, {
        hint: 'take the whole folder from where it was made: an incident is reproduced with all of it',
        place: { file },
        cause,
      });
    }
  };
  const all = (name: string): Record<string, string> =>
    Object.fromEntries(filesBelow(join(folder, name)).map((file) => [file, text(join(name, file))]));
  const has = (name: string): boolean => existsSync(join(folder, name));
  // The folder itself is missing: say so as for any other file.
  if (!has(configFolder)) text(configFolder);
  return bundlesOf({
    records,
    report: buildReport(records),
    schedule: parseSchedule(text('schedule.json'), join(folder, 'schedule.json')),
    configuration: all(configFolder),
    reloaded: has(reloadedFolder) ? all(reloadedFolder) : null,
    byHand: has(handFile) ? parseByHand(text(handFile), join(folder, handFile)) : null,
  });
};
