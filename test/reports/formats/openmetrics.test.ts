import t from 'tap';
import type { Report } from '../../../harness/model/index.ts';
import { renderReport } from '../../../reports/index.ts';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';
import { hostile, poisoned } from '../../support/hostile.ts';
import { hasPython, parseOpenMetrics } from '../../support/schemas/validators.ts';
import type { ParsedFamily } from '../../support/schemas/validators.ts';
import { variants } from './variants.ts';

// The reference parser is written in Python; where there is none, the tests that need it are skipped, and counted as such.
const skip = (await hasPython()) ? false : 'no python3 to run the reference parser of OpenMetrics with';

const metrics = async (report: Report): Promise<string> => String(await renderReport(report, 'openmetrics'));
const reports: Readonly<Record<string, Report>> = {
  ...variants,
  hostile: { ...poisoned(brokenReport, hostile), startedAt: brokenReport.startedAt },
};
const texts = Object.fromEntries(
  await Promise.all(Object.entries(reports).map(async ([name, report]) => [name, await metrics(report)] as const)),
);
const all = skip === false ? await parseOpenMetrics(texts) : {};
const parsed = (name: string): readonly ParsedFamily[] => {
  const families = all[name];
  if (typeof families !== 'object') throw new Error(families);
  return families;
};
const value = (
  families: readonly ParsedFamily[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined =>
  families
    .flatMap(({ samples }) => samples)
    .find(
      (sample) => sample.name === name && Object.entries(labels).every(([key, text]) => sample.labels[key] === text),
    )?.value;

for (const [name, report] of Object.entries(variants))
  t.test(`${name}: read by the reference parser, and the numbers are those of the report`, { skip }, async (t) => {
    const families = parsed(name);
    t.equal(new Set(families.map((family) => family.name)).size, families.length);
    t.equal(value(families, 'holdfast_score'), report.score.value);
    t.equal(value(families, 'holdfast_incidents'), report.incidents.length);
    t.equal(value(families, 'holdfast_run_started_timestamp_seconds'), Date.parse(report.startedAt) / 1000);
    const states = families.find((family) => family.name === 'holdfast_verdict');
    t.equal(states?.type, 'stateset');
    t.strictSame(
      states?.samples.filter((sample) => sample.value === 1).map(({ labels }) => labels['holdfast_verdict']),
      [report.verdict],
    );
    for (const attack of report.attacks)
      t.equal(
        value(families, 'holdfast_attempts', { attack: attack.id, outcome: 'admitted' }),
        attack.admitted,
        attack.id,
      );
    t.equal(value(families, 'holdfast_capacity_requests_per_second'), report.capacity?.perSecond);
  });

t.test('latencies are in seconds, bounds are shares, and what was not measured is left out', { skip }, async (t) => {
  const families = parsed('sound');
  const p99 = value(families, 'holdfast_latency_seconds', { phase: 'spike', quantile: '0.99' });
  t.equal(p99, soundReport.load.latencyMs['spike']!.p99! / 1000);
  t.equal(
    value(families, 'holdfast_bound_ratio', { attack: 'M3' }),
    soundReport.attacks.find(({ id }) => id === 'M3')?.bound95,
  );
  const partial = parsed('partial');
  t.notOk(partial.some((family) => /latency|capacity|bound_ratio/.test(family.name)));
  t.notOk(
    parsed('broken').some((family) => family.name === 'holdfast_sabotages'),
    'it was not measured',
  );
});

t.test('hostile text stays in its label', { skip }, async (t) => {
  const [families, plain] = [parsed('hostile'), parsed('broken')];
  t.strictSame(
    families.map(({ name, samples }) => [name, samples.length]),
    plain.map(({ name, samples }) => [name, samples.length]),
  );
  t.ok(families.every(({ samples }) => samples.every(({ labels }) => labels['plan']?.includes('onerror=alert(1)'))));
});

t.test('the end is marked, once', async (t) => {
  const text = texts['hostile']!;
  t.ok(text.endsWith('\n# EOF\n'));
  t.equal(text.split('\n').filter((line) => line === '# EOF').length, 1);
});

t.test('a text that is none is refused', { skip }, async (t) => {
  const text = texts['broken']!;
  const broken: Readonly<Record<string, string>> = {
    'no end': text.replace('# EOF\n', ''),
    'an end that is not the last': text.replace('# TYPE holdfast_score', '# EOF\n# TYPE holdfast_score'),
    'a label that does not end': text.replace('",stack=', ',stack='),
    'a value that is none': text.replace(/(holdfast_score\{.*\}) \d+/, '$1 many'),
    'a state that is neither': text.replace(/(holdfast_verdict\{.*"BROKEN"\}) 1/, '$1 2'),
    'a name without its unit': text.replaceAll('holdfast_latency_seconds', 'holdfast_latency'),
    'a family twice': text.replace('# EOF\n', '# TYPE holdfast_score gauge\nholdfast_score 1\n# EOF\n'),
  };
  const found = await parseOpenMetrics(broken);
  for (const [what, changed] of Object.entries(broken)) {
    t.not(changed, text, what);
    t.type(found[what], 'string', what);
  }
});
