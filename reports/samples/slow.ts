import type { Report } from '../../harness/model/index.ts';
import { broken } from './broken.ts';
import { reportOf } from './sound.ts';

/** The broken stack, and all its answers slower: it bears less. For comparisons. */
export const slowReport: Report = reportOf({
  ...broken,
  bears: { ...broken.bears, perSecond: 110, times: 3 },
});
