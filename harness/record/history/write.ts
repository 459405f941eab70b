import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import type { HistoryRecord } from '../../model/index.ts';
import { packMember } from './gzip-member.ts';

/** Small enough that a broken block points somewhere, large enough to compress well. */
const recordsPerBlock = 4096;
/** What the first block names as its predecessor. */
export const genesis = '0'.repeat(64);

/** The bytes of a history, one gzip member per block. The last record must be the `end` record. */
export function* encodeHistory(records: Iterable<HistoryRecord>): Generator<Buffer> {
  let previous = genesis;
  let number = 0;
  let lines: string[] = [];
  const block = (): Buffer => {
    const head = JSON.stringify({ block: number, previous, records: lines.length });
    const content = Buffer.from(`${head}\n${lines.join('\n')}\n`);
    previous = createHash('sha256').update(content).digest('hex');
    number += 1;
    lines = [];
    return packMember(content);
  };
  for (const record of records) {
    lines.push(JSON.stringify(record));
    if (lines.length === recordsPerBlock) yield block();
  }
  if (lines.length > 0) yield block();
}

/** Writes `history.ndjson.gz`. The last record must be the `end` record: a reader takes a history without it as cut short. */
export const writeHistory = (file: string, records: Iterable<HistoryRecord>): void => {
  const handle = openSync(file, 'w');
  try {
    for (const block of encodeHistory(records)) {
      for (let at = 0; at < block.length;) at += writeSync(handle, block, at);
    }
  } finally {
    closeSync(handle);
  }
};
