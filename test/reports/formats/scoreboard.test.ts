import t from 'tap';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';
import { renderReport } from '../../../reports/index.ts';

await t.test('the scoreboard fits a screen', async (t) => {
  for (const report of [soundReport, brokenReport])
    for (const columns of [80, 100]) {
      const lines = String(await renderReport(report, 'terminal', { columns }))
        .trimEnd()
        .split('\n');
      t.ok(lines.length <= (report === soundReport ? 31 : 62), `${lines.length} lines at ${columns} columns`);
      t.match(lines[0], report.verdict);
      for (const line of lines) t.ok([...line].length <= columns, `"${line}" fits ${columns} columns`);
    }
});

await t.test('a catalogue that would not fit is shown by what did not pass', async (t) => {
  const attacks = Array.from({ length: 40 }, (_, at) => ({
    ...(brokenReport.attacks[at % 13] ?? brokenReport.attacks[0]!),
    id: `Z${at}`,
  }));
  const [passed, failed] = (['pass', 'fail'] as const).map((of) => attacks.filter(({ verdict }) => verdict === of));
  const text = String(await renderReport({ ...brokenReport, attacks }, 'terminal'));
  t.match(text, `${passed!.length} attacks passed`);
  t.ok(failed!.length > 0);
  for (const { id } of failed!) t.match(text, new RegExp(`${id} .*FAIL`), 'a failure is never folded away');
});

await t.test('a format that does not exist is named, with those that do', (t) =>
  t.rejects(renderReport(soundReport, 'pdf'), {
    code: 'usage',
    message: /html, json, junit, markdown, openmetrics, oscal, sarif, terminal/,
  }),
);
