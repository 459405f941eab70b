import { buildReport } from '../../harness/check/index.ts';
import type { Report } from '../../harness/model/index.ts';
import { sampleHistory } from './history.ts';
import type { Sample } from './run.ts';
import { kinds } from './planned.ts';

/** A stack that refuses everything, and bears some 160 requests a second. */
export const sound: Sample = {
  run: { run: 'r20261124-055000-ab12', startedAt: '2026-11-24T05:50:00.000Z' },
  bears: { perSecond: 160, times: () => 1, fails: () => false },
  ends: () => 'held',
  losses: [],
};

/** What `check` makes of a sample's history. */
export const reportOf = (sample: Sample): Report => buildReport(sampleHistory(sample), kinds);

export const soundReport: Report = reportOf(sound);
