import t from 'tap';
import type { Test } from 'tap';
import { postureOf } from '../../../harness/compare/index.ts';
import type { Posture, Report, SourcePlace } from '../../../harness/model/index.ts';
import { renderReport } from '../../../reports/index.ts';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';
import { hostile, poisoned } from '../../support/hostile.ts';
import { faultsOfSarif } from '../../support/schemas/validators.ts';
import { variants } from './variants.ts';

type Location = {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
    readonly region: { readonly startLine: number };
  };
};
type Result = {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Location[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly baselineState?: string;
};
type Notification = {
  readonly level: string;
  readonly message: { readonly text: string };
  readonly associatedRule?: { readonly index: number };
};
type Run = {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly automationDetails: { readonly id: string };
  readonly invocations: readonly [
    {
      readonly executionSuccessful: boolean;
      readonly exitCode: number;
      readonly toolExecutionNotifications: readonly Notification[];
      readonly toolConfigurationNotifications: readonly Notification[];
    },
  ];
  readonly results: readonly Result[];
};

const sarif = async (report: Report, baseline: Posture | null = null): Promise<string> =>
  String(await renderReport(report, 'sarif', { baseline }));
const runOf = async (report: Report, baseline: Posture | null = null): Promise<Run> =>
  (JSON.parse(await sarif(report, baseline)) as { runs: [Run] }).runs[0];

/** What GitHub's code scanning asks for beyond the schema. */
const fitForCodeScanning = (t: Test, { tool, results }: Run): void => {
  for (const { ruleId, ruleIndex, locations, partialFingerprints } of results) {
    if (ruleIndex !== undefined) t.equal(tool.driver.rules[ruleIndex]?.id, ruleId);
    const [location] = locations;
    t.ok(location !== undefined && location.physicalLocation.region.startLine >= 1, 'a place');
    t.match(location?.physicalLocation.artifactLocation.uri, /^[^/:?#][^:?#]*$/, 'a relative path');
    t.equal(location?.physicalLocation.artifactLocation.uriBaseId, '%SRCROOT%');
    t.ok(partialFingerprints['primaryLocationLineHash'], 'a fingerprint');
  }
  const hashes = results.map((result) => result.partialFingerprints['primaryLocationLineHash']);
  t.equal(new Set(hashes).size, hashes.length, 'no two results are taken for one');
};

for (const [name, report] of Object.entries(variants))
  t.test(`${name}: valid by the schema of OASIS, and fit for code scanning`, async (t) => {
    t.strictSame(faultsOfSarif(await sarif(report)), []);
    t.strictSame(faultsOfSarif(await sarif(report, postureOf(brokenReport))), []);
    const run = await runOf(report, postureOf(brokenReport));
    fitForCodeScanning(t, run);
    t.equal((await runOf(report)).results.length, report.incidents.length);
    const { exitCode, toolExecutionNotifications } = run.invocations[0];
    t.equal(exitCode, { HOLDS: 0, BROKEN: 1, UNKNOWN: 2, INVALID: 2 }[report.verdict]);
    if (exitCode === 2)
      t.ok(
        toolExecutionNotifications.some(({ level }) => level === 'error'),
        'the doubt is said',
      );
  });

t.test('a result is the rule of its attack, at the line of the policy that was not enforced', async (t) => {
  const { places, admitted, of } = brokenReport.incidents.find(({ attack }) => attack === 'M3')!;
  const [policy, plan] = places as readonly [SourcePlace, SourcePlace];
  const found = (await runOf(brokenReport)).results.find(({ ruleId }) => ruleId === 'M3');
  t.match(found, {
    ruleId: 'M3',
    kind: 'fail',
    level: 'error',
    message: { text: new RegExp(`${admitted} of ${of} got through`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: policy.file },
          region: { startLine: policy.line },
        },
        logicalLocations: [{ fullyQualifiedName: 'calls.storefront-orders' }],
      },
    ],
    relatedLocations: [{ physicalLocation: { artifactLocation: { uri: plan.file } } }],
  });
  const incidents = brokenReport.incidents.map(({ places: _, ...incident }) => incident);
  const older = (await runOf({ ...brokenReport, incidents })).results.find(({ ruleId }) => ruleId === 'E12');
  t.match(
    older?.locations[0]?.physicalLocation.artifactLocation.uri,
    /^scenarios\/attacks\/E12-[a-z-]+\/attack\.yaml$/,
    'the attack itself, where the history knows no place',
  );
});

t.test('an INVALID run, an unknown attack and what was left out are said', async (t) => {
  const [invalid] = (await runOf(variants['invalid']!)).invocations;
  t.equal(invalid.executionSuccessful, false);
  t.match(invalid.toolExecutionNotifications[0], { level: 'error', message: { text: /^INVALID: / } });
  const unknown = await runOf(variants['unknown']!);
  const about = unknown.invocations[0].toolExecutionNotifications.find(
    ({ associatedRule }) => associatedRule !== undefined,
  );
  t.equal(unknown.tool.driver.rules[about?.associatedRule?.index ?? -1]?.id, 'M3');
  t.equal((await runOf(variants['narrowed']!)).invocations[0].toolConfigurationNotifications.length, 2);
  t.equal((await runOf(variants['partial']!)).invocations[0].executionSuccessful, false);
});

t.test('the state of each incident against a baseline, and those that are gone', async (t) => {
  const states = async (report: Report, baseline: Posture): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await runOf(report, baseline)).results.map(({ partialFingerprints, baselineState, kind }) => [
        partialFingerprints['holdfastIncident/v1'],
        `${baselineState} ${kind}`,
      ]),
    );
  const m3 = brokenReport.incidents.find(({ attack }) => attack === 'M3')!;
  const others = brokenReport.incidents.filter((incident) => incident !== m3);
  t.equal((await states(brokenReport, postureOf(soundReport)))[m3.id], 'new fail');
  t.equal((await states(brokenReport, postureOf(brokenReport)))[m3.id], 'unchanged fail');
  const fewer = { ...brokenReport, incidents: [{ ...m3, admitted: m3.admitted - 1 }, ...others] };
  t.equal((await states(brokenReport, postureOf(fewer)))[m3.id], 'updated fail', 'now all of it gets through');
  const gone = await states(soundReport, postureOf(brokenReport));
  t.equal(gone[m3.id], 'absent pass');
  t.equal(Object.keys(gone).length, brokenReport.incidents.length);
  t.equal((await states(variants['unknown']!, postureOf(brokenReport)))[m3.id], 'absent open', 'nobody knows');
  t.equal(
    (await states({ ...brokenReport, incidents: others }, postureOf(brokenReport)))[m3.id],
    'absent informational',
  );
  t.equal((await states(variants['empty']!, postureOf(brokenReport)))[m3.id], 'absent notApplicable');
  t.ok((await runOf(brokenReport)).results.every(({ baselineState }) => baselineState === undefined));
});

t.test('hostile text stays text: no link, no placeholder, no path out of the repository', async (t) => {
  const report = { ...poisoned(brokenReport, hostile), startedAt: brokenReport.startedAt };
  const text = await sarif(report, postureOf(brokenReport));
  t.strictSame(faultsOfSarif(text), []);
  const run = await runOf(report);
  fitForCodeScanning(t, run);
  for (const { message } of run.results) {
    t.notMatch(message.text, /(?<!\\)\[|(?<!\{)\{\d+\}/);
    t.notMatch(message.text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]/u);
  }
  t.equal(run.automationDetails.id.split('/').length, 4);
});

t.test('a document that is none is refused', async (t) => {
  const text = await sarif(brokenReport);
  /** The document with another value at a path; undefined leaves it out. */
  const change = (path: readonly (string | number)[], to: unknown): string => {
    const log = JSON.parse(text) as object;
    const parent = path.slice(0, -1).reduce((at: unknown, step) => (at as Record<string, unknown>)[step], log);
    (parent as Record<string, unknown>)[path.at(-1)!] = to;
    return JSON.stringify(log);
  };
  const result = ['runs', 0, 'results', 0];
  const broken: Readonly<Record<string, string>> = {
    'another version': change(['version'], '2.0.0'),
    'no tool': change(['runs', 0, 'tool'], undefined),
    'a level that there is not': change([...result, 'level'], 'critical'),
    'a line before the first': change([...result, 'locations', 0, 'physicalLocation', 'region', 'startLine'], 0),
    'a message without text': change([...result, 'message'], {}),
    'a name for one that is not one': change([...result, 'guid'], 'M3'),
    'a property of its own': change(['runs', 0, 'verdict'], 'BROKEN'),
  };
  for (const [what, changed] of Object.entries(broken)) t.ok(faultsOfSarif(changed).length > 0, what);
});
