import t from 'tap';
import type { Report } from '../../../harness/model/index.ts';
import { renderReport } from '../../../reports/index.ts';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';
import { hostile, poisoned } from '../../support/hostile.ts';
import { faultsOfEachJunit } from '../../support/schemas/validators.ts';
import { variants } from './variants.ts';

const junit = async (report: Report): Promise<string> => String(await renderReport(report, 'junit'));

/** A report by the outcome of each case: `E1 refuses-missing-credential` → failure. */
const outcomes = (xml: string): ReadonlyMap<string, string> =>
  new Map(
    [...xml.matchAll(/<testcase [^>]*name="([^" ]+)[^"]*"[^>]*?(?:\/>|>\n<(failure|error|skipped|system-out))/g)].map(
      ([, name = '', outcome = 'passed']) => [name, outcome === 'system-out' ? 'passed' : outcome],
    ),
  );

const documents = Object.fromEntries(
  await Promise.all(Object.entries(variants).map(async ([name, report]) => [name, await junit(report)] as const)),
);
const poisonedXml = await junit(poisoned(brokenReport, hostile));
const faults = await faultsOfEachJunit({ ...documents, hostile: poisonedXml });

for (const [name, report] of Object.entries(variants))
  t.test(`${name}: valid by the XSD of Jenkins, and its counts are those of its cases`, async (t) => {
    const xml = documents[name]!;
    t.strictSame(faults[name], []);
    const cases = outcomes(xml);
    t.equal(cases.size, report.attacks.length + 1, 'a case for each attack, and one for the run');
    const [, failures, errors] = /<testsuites [^>]*failures="(\d+)" errors="(\d+)"/.exec(xml) ?? [];
    const count = (outcome: string): number => [...cases.values()].filter((each) => each === outcome).length;
    t.strictSame([Number(failures), Number(errors)], [count('failure'), count('error')]);
    // The rule that all of this is for.
    const passed = [...cases].filter(([, outcome]) => outcome === 'passed').map(([id]) => id);
    t.ok(
      report.attacks.every(({ id, verdict }) => !passed.includes(id) || verdict === 'pass'),
      'nothing but a pass reads as passed',
    );
    t.equal(passed.includes('the'), report.verdict === 'HOLDS', 'the run as a whole passes where it holds');
  });

t.test(
  'what is not known is an error, what was left out is skipped, and an unfit instrument passes nothing',
  async (t) => {
    t.equal(outcomes(await junit(variants['unknown']!)).get('M3'), 'error');
    const narrowed = outcomes(await junit(variants['narrowed']!));
    t.strictSame([narrowed.get('E1'), narrowed.get('M16'), narrowed.get('M3')], ['skipped', 'skipped', 'passed']);
    t.ok([...outcomes(await junit(variants['invalid']!)).values()].every((outcome) => outcome === 'error'));
    t.ok([...outcomes(await junit(soundReport)).values()].every((outcome) => outcome === 'passed'));
  },
);

t.test('a failure says what got through, where to look, and what to do', async (t) => {
  const xml = await junit(brokenReport);
  const { file, line, part } = brokenReport.incidents.find(({ attack }) => attack === 'M3')!.places![0]!;
  for (const text of [`see ${file}:${line} (${part})`, 'witness: orders saw', 'To mend it: '])
    t.ok(xml.includes(text), text);
});

t.test('hostile text stays text', async (t) => {
  t.strictSame(faults['hostile'], []);
  const tags = (text: string): readonly string[] => [...text.matchAll(/<(\/?[\w-]+)/g)].map(([, tag = '']) => tag);
  const plain = await junit(poisoned(brokenReport, 'x\nx'));
  t.strictSame(tags(poisonedXml), tags(plain));
});

t.test('a document that is none is refused', async (t) => {
  const xml = await junit(brokenReport);
  const broken: Readonly<Record<string, string>> = {
    'an element that JUnit does not know': xml.replaceAll('failure', 'fail'),
    'a case without a name': xml.replace(/<testcase ([^>]*)name="[^"]*"/, '<testcase $1'),
    'a suite without its counts': xml.replace(/ tests="\d+" failures="\d+" errors="\d+" skipped/, ' skipped'),
    'a time that is none': xml.replace(/time="[\d.]+"/, 'time="soon"'),
    'an element that does not end': xml.replace('</testsuite>', ''),
    'a character that XML does not have': xml.replace('BROKEN:', '\u0007'),
  };
  for (const [what, found] of Object.entries(await faultsOfEachJunit(broken))) t.ok(found.length > 0, what);
});
