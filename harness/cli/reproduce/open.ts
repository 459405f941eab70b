import { readFileSync, statSync } from 'node:fs';
import { discoverKinds } from '../../kinds/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Kinds } from '../../model/index.ts';
import { parseBundle } from '../../reproduce/index.ts';
import type { Bundle } from '../../reproduce/index.ts';
import { expectKnown } from '../../schedule/index.ts';
import { bundlesOfFolder } from '../run/index.ts';

/**
 * The bundle that is meant. `run`: a run folder, or the file of one bundle; `incident`: its id or an unambiguous beginning of it,
 * which may be left out where there is one incident. Throws `usage` with the list where it is not clear, `bad-run` where the run or
 * the bundle is no such thing.
 */
export const openBundle = async (run: string, incident: string | undefined): Promise<Bundle> => {
  const stats = statSync(run, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new HoldfastError('usage', `expected the folder of a run, or a bundle.json, found nothing at ${run}`, {
      hint: 'runs are in reports/runs',
    });
  }
  const bundle = choose(
    stats.isDirectory() ? await bundlesOfFolder(run) : [parseBundle(readFileSync(run, 'utf8'), run)],
    run,
    incident,
  );
  expectKinds(bundle, await discoverKinds(), run);
  return bundle;
};

/** Throws `bad-run` where a bundle asks for a sender, an action or evidence that there is not here. */
const expectKinds = ({ part: { schedule } }: Bundle, kinds: Kinds, file: string): void => {
  try {
    expectKnown(schedule.attacks, kinds, schedule.main.twins);
  } catch (cause) {
    if (!(cause instanceof HoldfastError)) throw cause;
    const { message, hint } = cause;
    throw new HoldfastError('bad-run', `part.schedule: ${message}`, { ...(hint && { hint }), place: { file }, cause });
  }
};

const choose = (bundles: readonly Bundle[], run: string, wanted: string | undefined): Bundle => {
  const list = bundles.map(({ incident }) => incident.id);
  if (list.length === 0) {
    throw new HoldfastError('usage', `expected a run with an incident, found none in ${run}`, {
      hint: 'nothing was admitted there, so there is nothing to see again',
    });
  }
  const exact = bundles.find(({ incident }) => incident.id === wanted);
  const alike = exact === undefined ? bundles.filter(({ incident }) => incident.id.startsWith(wanted ?? '')) : [exact];
  if (alike.length === 1) return alike[0]!;
  const ids = (alike.length === 0 ? list : alike.map(({ incident }) => incident.id)).toSorted();
  throw new HoldfastError(
    'usage',
    wanted === undefined
      ? `expected the id of an incident, found none given, and there are ${list.length}`
      : `expected an incident of the run, found that "${wanted}" is the beginning of ${alike.length === 0 ? 'none' : String(alike.length)}`,
    { hint: `there ${ids.length === 1 ? 'is' : 'are'}:\n  ${ids.join('\n  ')}` },
  );
};
