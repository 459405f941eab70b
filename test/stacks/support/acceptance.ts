import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Report } from '../../../harness/model/index.ts';
import { holdfast } from './cli.ts';
import type { Place } from './cli.ts';
import { leftInEngine, scratchFolders } from './left.ts';

/** What the folder of every finished run holds at least. */
const files = ['history.ndjson.gz', 'proof.dsse.json', 'report.html', 'report.json'];

/** The report of a run in a place, by the name of its folder. */
export const reportOf = (place: Place, name: string): Report =>
  JSON.parse(readFileSync(join(place.out(name), 'report.json'), 'utf8')) as Report;

/** Claims that the engine and the place hold nothing of a run any more but its folder. */
export const nothingLeft = async (t: Test, place: Place, run: string): Promise<void> => {
  t.strictSame(await leftInEngine(run), [], 'no container, network or volume of the run is left');
  t.strictSame(scratchFolders(place.scratch), [], 'nor its scratch folder');
};

/** Claims that the folder of a run can be verified and judged again, and says the same: `code` is its verdict's exit code. */
export const standsAlone = async (t: Test, place: Place, name: string, code: number): Promise<void> => {
  const folder = place.out(name);
  t.strictSame(
    readdirSync(folder)
      .filter((file) => files.includes(file))
      .toSorted(),
    files,
    'the folder is whole',
  );
  const before = readFileSync(join(folder, 'report.json'));
  t.match(await holdfast(place, ['verify', folder]), { code: 0 }, 'its proof is sound');
  t.match(await holdfast(place, ['check', folder]), { code }, 'check judges it as the run did');
  t.ok(readFileSync(join(folder, 'report.json')).equals(before), 'and gives the same bytes');
};
