import t from 'tap';
import type { Incident } from '../../../harness/model/index.ts';
import { renderReport } from '../../../reports/index.ts';
import { brokenReport } from '../../../reports/samples/index.ts';
import { said } from '../../support/said.ts';

t.test('a summary stays below what GitHub takes, and counts what it leaves out', async (t) => {
  const long = 'x'.repeat(100_000);
  const incidents = Array.from({ length: 5000 }, (_, i): Incident => {
    const incident = brokenReport.incidents[i % brokenReport.incidents.length]!;
    return { ...incident, id: `I${i}`, remediation: long, variant: `${incident.variant}${long}` };
  });
  const reasons = incidents.map(({ id }) => said(`${id} ${long}`));
  const text = String(await renderReport({ ...brokenReport, incidents, reasons }, 'markdown'));
  // A job's summary may have 1 MiB, a comment on a pull request 65,536 characters.
  t.ok(text.length < 65_536, `${text.length} characters`);
  t.match(text, /and 4,970 more incidents in the report/);
  t.match(text, /and 4,990 more reasons in the report/);
});

t.test('what matters most comes first: the verdict, why, and what got through', async (t) => {
  const text = String(await renderReport(brokenReport, 'markdown'));
  const order = ['BROKEN', '- M3: ', '### Incidents', '| Control |', '| Id |', '### Load', '### Sensitivity'];
  const at = order.map((piece) => text.indexOf(piece));
  t.ok(at.every((index) => index >= 0));
  t.strictSame(
    at.toSorted((a, b) => a - b),
    at,
  );
  const { file, line } = brokenReport.incidents.find(({ attack }) => attack === 'M3')!.places![0]!;
  t.ok(text.includes(`${file}:${line}`));
});
