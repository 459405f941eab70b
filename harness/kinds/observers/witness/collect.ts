import { join } from 'node:path';
import type { Collector } from '../../../execute/observe/index.ts';
import { readJournal } from './journal.ts';

/** The journals that the workloads keep: each is read when the run is over. */
export const collector: Collector = {
  start: async ({ stack: { services }, journal }) => ({
    collect: async (about) => {
      const journals = services.map(({ id }) => readJournal(join(journal, `${id}.ndjson`), id, about));
      return { seen: journals.flatMap(({ seen }) => seen), losses: journals.flatMap(({ losses }) => losses) };
    },
  }),
};
