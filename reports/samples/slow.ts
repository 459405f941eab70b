import type { Report } from '../../harness/model/index.ts';
import { broken } from './broken.ts';
import { reportOf } from './sound.ts';

/** The broken stack, its answers slower from the end of the ramp on. For comparisons. */
export const slowReport: Report = reportOf({
  ...broken,
  bears: { ...broken.bears, times: (dueMs) => (dueMs < 8000 ? 1 : 15) },
});
