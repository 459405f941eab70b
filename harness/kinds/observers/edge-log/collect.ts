import { join } from 'node:path';
import type { Collector } from '../../../execute/observe/index.ts';
import { readEdgeLog } from './log.ts';

/** The access log of the edge, read when the run is over. */
export const collector: Collector = {
  start: async ({ journal, log, policy }) => ({
    collect: async (about) => readEdgeLog(join(journal, 'edge.ndjson'), log, { ...about, policy }),
  }),
};
