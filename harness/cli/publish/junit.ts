import { caseXml, element } from '../../../reports/formats/junit/index.ts';
import type { Case, Outcome } from '../../../reports/formats/junit/index.ts';
import { summaryText } from '../../../reports/comparison/index.ts';
import type { Compared } from './compared.ts';
import type { Night } from './night.ts';

/** A stack, run or not: one that was left out has no report of its own, and must not be missing from the list. */
const stackCase = ({ id, verdict, unexpected }: Night['stacks'][number]): Case => ({
  name: id,
  outcome: unexpected.length === 0 ? 'passed' : verdict === 'BROKEN' || verdict === 'HOLDS' ? 'failure' : 'error',
  message: unexpected[0] ?? verdict,
  detail: unexpected.join('\n'),
  seconds: null,
});

const comparedCase = ({ run, comparison, withKept, why }: Compared): Case => {
  const about = { name: `${run.stack} since its baseline`, seconds: null };
  if (comparison === null) return { ...about, outcome: 'skipped', message: why ?? '', detail: '' };
  const outcomes: Readonly<Record<typeof comparison.verdict, Outcome>> = {
    'NO REGRESSION': 'passed',
    REGRESSION: 'failure',
    'NOT COMPARABLE': withKept ? 'skipped' : 'error',
  };
  const message = `${comparison.verdict}: ${summaryText(comparison)}`;
  return { ...about, outcome: outcomes[comparison.verdict], message, detail: comparison.reasons.join('\n') };
};

/** The night as JUnit XML: a case for each stack, and for each comparison with a baseline. Pure. */
export const junitOfNight = (night: Night, compared: readonly Compared[]): string => {
  const suites = [
    { name: 'stacks', cases: night.stacks.map(stackCase) },
    { name: 'baselines', cases: compared.map(comparedCase) },
  ].filter(({ cases }) => cases.length > 0);
  const tally = (cases: readonly Case[]): Record<string, number> => {
    const of = (outcome: Outcome): number => cases.filter((one) => one.outcome === outcome).length;
    return { tests: cases.length, failures: of('failure'), errors: of('error') };
  };
  const root = element(
    'testsuites',
    { name: 'holdfast night', ...tally(suites.flatMap(({ cases }) => cases)) },
    suites.map(({ name, cases }) =>
      element(
        'testsuite',
        { name, ...tally(cases), skipped: cases.filter(({ outcome }) => outcome === 'skipped').length },
        cases.map((one) => caseXml(`holdfast.night.${name}`, one)),
      ),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`;
};
