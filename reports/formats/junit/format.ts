import type { Report } from '../../../harness/model/index.ts';
import type { Format } from '../format.ts';
import { attackCase, caseXml, runCase } from './case.ts';
import type { Case, Outcome } from './case.ts';
import { element } from './xml.ts';
import type { Xml } from './xml.ts';

type Suite = { readonly id: string; readonly cases: readonly Case[] };

/** The run first, then a suite for each control that the plan has attacks for. */
const suitesOf = (report: Report): readonly Suite[] => {
  const controls = [...new Set(report.attacks.map(({ control }) => control))];
  const { phases } = report.timeline;
  const ms = Math.max(0, ...phases.map(({ endMs }) => endMs)) - Math.min(0, ...phases.map(({ startMs }) => startMs));
  return [
    { id: 'run', cases: [runCase(report, ms / 1000)] },
    ...controls.map((id) => ({
      id,
      cases: report.attacks.filter(({ control }) => control === id).map((attack) => attackCase(report, attack)),
    })),
  ];
};

const counted = (cases: readonly Case[], outcome: Outcome): number =>
  cases.filter((one) => one.outcome === outcome).length;

const tally = (cases: readonly Case[]): Readonly<Record<string, string | number>> => ({
  tests: cases.length,
  failures: counted(cases, 'failure'),
  errors: counted(cases, 'error'),
});

const timeOf = (cases: readonly Case[]): string =>
  cases.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0).toFixed(3);

const properties = (report: Report): Xml =>
  element(
    'properties',
    {},
    Object.entries({
      run: report.run,
      verdict: report.verdict,
      score: report.score.value,
      letter: report.score.letter,
      plan: report.plan,
      stack: report.stack,
      seed: report.seed,
      holdfast: report.harness,
    }).map(([name, value]) => element('property', { name, value })),
  );

const suiteXml = (report: Report, { id, cases }: Suite): Xml =>
  element(
    'testsuite',
    {
      name: id,
      ...tally(cases),
      skipped: counted(cases, 'skipped'),
      time: timeOf(cases),
      timestamp: report.startedAt.replace(/\.\d+Z$/, ''),
      package: `holdfast.${report.stack}`,
    },
    [properties(report), ...cases.map((one) => caseXml(`holdfast.${report.stack}.${id}`, one))],
  );

const render = (report: Report): string => {
  const suites = suitesOf(report);
  const all = suites.flatMap(({ cases }) => cases);
  const name = `holdfast ${report.plan} on ${report.stack}`;
  const root = element(
    'testsuites',
    { name, ...tally(all), time: timeOf(all) },
    suites.map((suite) => suiteXml(report, suite)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`;
};

/** JUnit XML for a CI: a suite for each control, a case for each attack, and one for the run. Valid by the XSD of Jenkins' xUnit plugin. */
export const format: Format = { id: 'junit', extension: 'xml', mediaType: 'application/xml', render };
