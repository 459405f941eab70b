import t from 'tap';
import type { Report } from '../../../harness/model/index.ts';
import { renderReport } from '../../../reports/index.ts';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';
import { harmless, hostile, poisoned } from '../../support/hostile.ts';
import { faultsOfOscal } from '../../support/schemas/validators.ts';
import { variants } from './variants.ts';

type Status = { readonly state: string; readonly reason: string };
type Result = {
  readonly observations?: readonly { readonly uuid: string }[];
  readonly risks?: readonly { readonly uuid: string; readonly status: string }[];
  readonly findings?: readonly { readonly target: { readonly 'target-id': string; readonly status: Status } }[];
};
type Document = { readonly 'assessment-results': { readonly results: readonly [Result] } };

const oscal = async (report: Report): Promise<string> => String(await renderReport(report, 'oscal'));
const resultOf = async (report: Report): Promise<Result> =>
  (JSON.parse(await oscal(report)) as Document)['assessment-results'].results[0];

/** Each value under a key that ends so, wherever it stands. */
const valuesOf = (value: unknown, fits: (key: string) => boolean): readonly string[] => {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, each]) => [
    ...(fits(key) && typeof each === 'string' ? [each] : []),
    ...valuesOf(each, fits),
  ]);
};

for (const [name, report] of Object.entries(variants))
  t.test(`${name}: valid by the schema of NIST, and every reference has its target`, async (t) => {
    const text = await oscal(report);
    t.strictSame(faultsOfOscal(text), []);
    const document: unknown = JSON.parse(text);
    const uuids = valuesOf(document, (key) => key === 'uuid');
    t.equal(new Set(uuids).size, uuids.length, 'no UUID names two things');
    const references = [
      ...valuesOf(document, (key) => key.endsWith('-uuid')),
      ...valuesOf(document, (key) => key === 'href').flatMap((href) => (href.startsWith('#') ? [href.slice(1)] : [])),
    ];
    t.ok(references.length > 0);
    for (const reference of references) if (!uuids.includes(reference)) t.fail(`nothing has the UUID ${reference}`);
    const { observations = [], risks = [], findings = [] } = await resultOf(report);
    t.equal(observations.length, report.attacks.length + report.incidents.length);
    t.equal(risks.length, report.incidents.length);
    t.equal(findings.length, report.controls.length);
  });

t.test('a control is satisfied only where it passed and the instrument was fit', async (t) => {
  const states = async (report: Report): Promise<Record<string, string>> =>
    Object.fromEntries(
      ((await resultOf(report)).findings ?? []).map(({ target }) => [
        target['target-id'],
        `${target.status.state} ${target.status.reason}`,
      ]),
    );
  t.match(await states(soundReport), { edge: 'satisfied pass', mtls: 'satisfied pass' });
  t.match(await states(brokenReport), { edge: 'not-satisfied fail', defaults: 'not-satisfied other' });
  t.match(await states(variants['unknown']!), { mtls: 'not-satisfied other', edge: 'satisfied pass' });
  t.ok(Object.values(await states(variants['invalid']!)).every((state) => state === 'not-satisfied other'));
});

t.test('the same run gives the same names, another run others; a source is the same in both', async (t) => {
  const names = async (report: Report): Promise<ReadonlySet<string>> =>
    new Set(valuesOf(JSON.parse(await oscal(report)), (key) => key === 'uuid'));
  const [one, again, other] = await Promise.all([
    names(soundReport),
    names(soundReport),
    names({ ...soundReport, run: 'r20261125-055000-ef56' }),
  ]);
  t.strictSame(again, one);
  const sources = new Set(soundReport.attacks.flatMap((attack) => attack.sources));
  t.equal([...one].filter((uuid) => other.has(uuid)).length, sources.size);
});

t.test('hostile text stays text', async (t) => {
  const { startedAt } = brokenReport;
  const text = await oscal({ ...poisoned(brokenReport, hostile), startedAt });
  t.strictSame(faultsOfOscal(text), []);
  const shape = (value: string): readonly string[] => [...value.matchAll(/^ *"([^"]+)":/gm)].map(([, key = '']) => key);
  t.strictSame(shape(text), shape(await oscal({ ...poisoned(brokenReport, harmless), startedAt })));
});

t.test('a document that is none is refused', async (t) => {
  const text = await oscal(brokenReport);
  const broken: Readonly<Record<string, string>> = {
    'no plan': text.replace('"import-ap"', '"import-plan"'),
    'a state that there is not': text.replace('"not-satisfied"', '"unclear"'),
    'a UUID that is none': text.replace(/"uuid": "[^"]+"/, '"uuid": "M3"'),
    'a time without its zone': text.replace('"2026-11-24T06:15:00.000Z"', '"2026-11-24T06:15:00"'),
    'an empty value': text.replace('"value": "BROKEN"', '"value": ""'),
    'an empty list': text.replace(/"links": \[[^\]]*\]/, '"links": []'),
  };
  for (const [what, changed] of Object.entries(broken)) {
    t.not(changed, text, what);
    t.ok(faultsOfOscal(changed).length > 0, what);
  }
});
