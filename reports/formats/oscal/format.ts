import type { Report } from '../../../harness/model/index.ts';
import { runVerdictMeaning, sentence } from '../../text/index.ts';
import type { Format } from '../format.ts';
import { findingsOf } from './findings.ts';
import { idsOf } from './ids.ts';
import type { Ids } from './ids.ts';
import { observationsOf } from './observations.ts';
import { resourcesOf } from './resources.ts';
import { risksOf } from './risks.ts';
import { line, list, prop, token } from './values.ts';

const component = (
  uuid: string,
  type: string,
  title: string,
  description: string,
  props: readonly (object | null)[],
): object => ({
  uuid,
  type,
  title: line(title),
  description: line(description),
  ...list('props', props),
  status: { state: 'operational' },
});

/** What was tested, and with what. */
const definitionsOf = (report: Report, ids: Ids): object => ({
  components: [
    component(
      ids.stack,
      'system',
      report.stack,
      `The stack ${report.stack}: an edge load balancer, a mesh and a workload.`,
      Object.entries(report.versions).map(([name, version]) => prop(token(`version-${name}`), version)),
    ),
  ],
  'assessment-assets': {
    components: [
      component(ids.tool, 'software', 'Holdfast', 'Chaos and load-test security harness.', [
        prop('version', report.harness),
      ]),
    ],
    'assessment-platforms': [
      {
        uuid: ids.platform,
        title: 'The machine of the run',
        ...list('props', [
          prop('cpus', report.machine.cpus),
          prop('memory-bytes', report.machine.memoryBytes),
          prop('kernel', report.machine.kernel),
          prop('engine', report.machine.engine),
        ]),
        'uses-components': [{ 'component-uuid': ids.tool }],
      },
    ],
  },
});

const selectionOf = ({ controls, notClaimed }: Report): object => ({
  description: 'The claims of Holdfast that the plan has attacks for; of the others the run does not speak.',
  ...list(
    'include-controls',
    controls.map(({ id }) => ({ 'control-id': token(id) })),
  ),
  ...list(
    'exclude-controls',
    notClaimed.map((id) => ({ 'control-id': token(id) })),
  ),
});

const resultOf = (report: Report, ids: Ids): object => ({
  uuid: ids.result,
  title: line(`${report.verdict}: ${report.plan} on ${report.stack}`),
  description: line([runVerdictMeaning(report.verdict), ...report.reasons.map(sentence)].join(' ')),
  start: report.startedAt,
  ...list('props', [
    prop('run', report.run),
    prop('verdict', report.verdict),
    prop('score', report.score.value),
    prop('letter', report.score.letter),
    prop('partial', String(report.partial)),
    prop('only', report.only),
    ...report.score.caps.map(({ letter, reason }) => prop('cap', `at most ${letter}: ${sentence(reason)}`)),
  ]),
  'local-definitions': definitionsOf(report, ids),
  'reviewed-controls': { 'control-selections': [selectionOf(report)] },
  ...list('observations', observationsOf(report, ids)),
  ...list('risks', risksOf(report, ids)),
  ...list('findings', findingsOf(report, ids)),
});

const render = (report: Report): string => {
  const ids = idsOf(report);
  const document = {
    'assessment-results': {
      uuid: ids.document,
      metadata: {
        title: line(`Holdfast: ${report.plan} on ${report.stack}`),
        // The run began then; the document has no other time, so that the same run gives the same bytes.
        'last-modified': report.startedAt,
        version: line(report.run),
        'oscal-version': '1.1.3',
      },
      'import-ap': { href: `#${ids.plan}` },
      results: [resultOf(report, ids)],
      'back-matter': { resources: resourcesOf(report, ids) },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};

/** OSCAL 1.1.3 assessment results: a claim is a control, an attack an observation, an incident a risk. */
export const format: Format = {
  id: 'oscal',
  extension: 'oscal.json',
  mediaType: 'application/oscal.assessment-results+json',
  render,
};
