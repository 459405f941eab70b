import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { serialiseReport } from '../../../harness/check/index.ts';
import { loadPublicKey, loadSigningKey, proveRun } from '../../../harness/prove/index.ts';
import { writeHistory } from '../../../harness/record/history/index.ts';
import { attackOf, attempt, end, phase, routeSlot, runOf, traffic, withJournals } from '../../support/history.ts';
import { buildReport } from '../../support/check.ts';

/** The folder of a run that held, proved with a key of its own, and what it takes to verify it. `written`: the report as the folder has it. */
export const provedRun = (t: Test, written: (report: string) => string = (report) => report) => {
  const config = t.testdir();
  const env = { XDG_CONFIG_HOME: config };
  const key = loadSigningKey({ env });
  const trusted = loadPublicKey({ env });

  const folder = join(config, 'run');
  mkdirSync(join(folder, 'config/edge'), { recursive: true });
  const records = withJournals([
    runOf([attackOf()], { routes: [routeSlot('checkout', 1, 'POST', '/checkout/{sub}')] }),
    phase('rest', 0, 4000),
    ...traffic(0, 4000, 35),
    ...[1000, 1400, 1800].map((atMs, i) => attempt(i, atMs)),
    end(),
  ]);
  writeHistory(join(folder, 'history.ndjson.gz'), records);
  const report = buildReport(records);
  writeFileSync(join(folder, 'report.json'), written(serialiseReport(report)));
  writeFileSync(join(folder, 'report.html'), '<!doctype html><title>report</title>');
  writeFileSync(join(folder, 'config/edge/envoy.yaml'), 'admin: {}\n');
  proveRun(folder, report, key);
  return { config, env, key, trusted, folder, report };
};
