import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { HistoryRecord } from '../../../harness/model/index.ts';
import { decodeHistory, encodeHistory } from '../../../harness/record/history/index.ts';
import { reportTold } from '../../support/check.ts';

/** Histories as versions before operations and sightings wrote them: they end as they did. */
const folder = join(import.meta.dirname, 'older');

for (const file of readdirSync(folder)) {
  t.test(file, async (t) => {
    const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
    const written = encodeHistory(lines.map((line) => JSON.parse(line) as HistoryRecord));
    const records = decodeHistory(Buffer.concat([...written]), file);
    const { attacks } = reportTold(records);
    t.equal(attacks[0]?.verdict, file.endsWith('-admitted.ndjson') ? 'fail' : 'pass', attacks[0]?.reason ?? '');
  });
}
