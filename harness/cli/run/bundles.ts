import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildReport } from '../../check/index.ts';
import { filesBelow } from '../../declare/run/index.ts';
import { discoverKinds } from '../../kinds/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { HistoryRecord, Schedule } from '../../model/index.ts';
import { readHistory } from '../../record/history/index.ts';
import { bundlesOf, parseSchedule, serialiseBundle } from '../../reproduce/index.ts';
import type { Bundle, FinishedRun, OlderHand, OlderParts } from '../../reproduce/index.ts';
import { writeFiles } from './write-files.ts';

/** What a run was made with, as far as its bundles need it. */
export type Made = Omit<FinishedRun, 'records' | 'report' | 'kinds'>;

const configFolder = 'config';

/** Writes the configuration that a run mounts into its folder; all that is done to it meanwhile stands in the schedule. */
export const recordMade = (folder: string, schedule: Schedule, files: ReadonlyMap<string, string>): Made => {
  writeFiles(join(folder, configFolder), files);
  return { schedule, configuration: Object.fromEntries(files) };
};

/** Writes the bundle of each incident: `incidents/<id>/bundle.json`. */
export const writeBundles = (folder: string, run: FinishedRun): void =>
  writeFiles(
    folder,
    new Map(bundlesOf(run).map((bundle) => [`incidents/${bundle.incident.id}/bundle.json`, serialiseBundle(bundle)])),
  );

/** The bundles of a stored run, made from its history, its schedule and its configuration. Throws `bad-run`. */
export const bundlesOfFolder = async (folder: string): Promise<readonly Bundle[]> => {
  const kinds = await discoverKinds();
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
  // The folder itself is missing: say so as for any other file.
  if (!existsSync(join(folder, configFolder))) text(configFolder);
  return bundlesOf({
    records,
    report: buildReport(records, kinds),
    schedule: parseSchedule(text('schedule.json'), join(folder, 'schedule.json'), olderParts(folder, text, records)),
    configuration: all(configFolder),
    kinds,
  });
};

/** What a run of before schedule 2 kept beside its schedule: the other configuration of a reload, and changes by hand. */
const olderParts = (folder: string, text: (name: string) => string, records: readonly HistoryRecord[]): OlderParts => {
  const run = records.find((record) => record.type === 'run');
  const reloaded = join(folder, 'reloaded');
  return {
    reloaded: existsSync(reloaded)
      ? Object.fromEntries(filesBelow(reloaded).map((file) => [file, text(join('reloaded', file))]))
      : null,
    byHand: existsSync(join(folder, 'by-hand.json')) ? (JSON.parse(text('by-hand.json')) as OlderHand) : null,
    plan: { phases: run?.plan.phases ?? [] },
    own: (file) => text(join(configFolder, file)),
  };
};
