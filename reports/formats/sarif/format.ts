import type { Posture, Report } from '../../../harness/model/index.ts';
import { uuidOf, visible } from '../../text/index.ts';
import type { Format, RenderContext } from '../format.ts';
import { invocationOf } from './invocation.ts';
import { root } from './places.ts';
import { resultsOf } from './results.ts';
import { ruleOf } from './rules.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** A part of an identifier whose parts are separated by slashes. */
const segment = (text: string): string => encodeURIComponent(visible(text));

const runOf = (report: Report, baseline: Posture | null): object => ({
  tool: { driver: { name: 'Holdfast', version: visible(report.harness), rules: report.attacks.map(ruleOf) } },
  // What comes before the last slash names the series that results are compared within: a night has one for each plan and stack.
  automationDetails: {
    id: ['holdfast', report.plan, report.stack, report.run].map(segment).join('/'),
    guid: uuidOf('run', report.run),
  },
  ...(baseline !== null && { baselineGuid: uuidOf('run', baseline.run) }),
  invocations: [invocationOf(report)],
  originalUriBaseIds: {
    [root]: { description: { text: 'The root of the repository that holds the policy and the plan.' } },
  },
  columnKind: 'utf16CodeUnits',
  results: resultsOf(report, baseline),
  properties: {
    verdict: visible(report.verdict),
    score: report.score.value,
    letter: visible(report.score.letter),
    plan: visible(report.plan),
    stack: visible(report.stack),
    seed: visible(report.seed),
  },
});

const render = (report: Report, { baseline }: RenderContext): string =>
  `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [runOf(report, baseline)] }, null, 2)}\n`;

/**
 * SARIF 2.1.0 (OASIS, errata 01) for code scanning: an attack is a rule, an incident a result at its line of the policy, with its
 * state where a baseline was given. What the run could not say stands among the notifications of its invocation.
 */
export const format: Format = {
  id: 'sarif',
  extension: 'sarif',
  mediaType: 'application/sarif+json',
  compares: true,
  render,
};
