import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { buildReport } from '../../harness/check/index.ts';
import type { HistoryRecord, Report } from '../../harness/model/index.ts';
import { decodeHistory, encodeHistory } from '../../harness/record/history/index.ts';

/** Every attack carries one history that must fail and one that must pass: a check that cannot fail is not a check. */
const root = join(import.meta.dirname, '../../scenarios/attacks');
const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));

const judge = (folder: string, ending: string): Report => {
  const lines = readFileSync(join(root, folder, 'examples', `${ending}.ndjson`), 'utf8')
    .trimEnd()
    .split('\n');
  const records = lines.map((line) => JSON.parse(line) as HistoryRecord);
  // Through the file format, so that an example is a history that a run could have written.
  return buildReport(decodeHistory(Buffer.concat([...encodeHistory(records)]), `${folder} ${ending}`));
};

t.ok(folders.length > 0, 'attacks were discovered');
for (const folder of folders) {
  t.test(folder, async (t) => {
    const id = folder.split('-')[0];
    for (const ending of ['admitted', 'refused'] as const) {
      const file = `examples/${ending}.ndjson`;
      if (!t.ok(existsSync(join(root, folder, file)), `${file} is there: node test/support/write-examples.ts ${id}`))
        continue;
      const report = judge(folder, ending);
      const attack = report.attacks.find((one) => one.id === id);
      t.equal(attack?.verdict, ending === 'admitted' ? 'fail' : 'pass', `${file}: ${attack?.reason ?? ''}`);
      t.equal(
        report.incidents.some((incident) => incident.attack === id && incident.evidence.length > 0),
        ending === 'admitted',
        'an incident with evidence where it was admitted, and only there',
      );
    }
  });
}
