import type { ControlReport, Report } from '../../../harness/model/index.ts';
import { originOf } from './ids.ts';
import type { Ids } from './ids.ts';
import { line, list, prop, token } from './values.ts';
import { sentence } from '../../text/index.ts';

const reasons = { pass: 'pass', fail: 'fail', unknown: 'other' } as const;

/**
 * What is concluded of a control: satisfied only where it passed in a run whose instrument was fit. OSCAL knows two states, so what
 * is not known is not satisfied, for the reason `other`.
 */
const findingOf = (report: Report, ids: Ids, { id, claim, verdict, reasons: why }: ControlReport): object => {
  const fit = report.verdict !== 'INVALID';
  const satisfied = verdict === 'pass' && fit;
  const doubts = fit
    ? why.map(sentence)
    : ['the run is INVALID: it says nothing of the stack', ...report.reasons.map(sentence)];
  return {
    uuid: ids.finding(id),
    title: line(`${id}: ${verdict}`),
    description: line([claim, ...doubts].join(' – ')),
    ...list('props', [prop('verdict', verdict)]),
    origins: [originOf(ids)],
    target: {
      type: 'objective-id',
      'target-id': token(id),
      description: line(claim),
      status: {
        state: satisfied ? 'satisfied' : 'not-satisfied',
        reason: satisfied || fit ? (reasons[verdict] ?? 'other') : 'other',
        ...(doubts.length > 0 && { remarks: line(doubts.join('; ')) }),
      },
    },
    ...list(
      'related-observations',
      report.attacks
        .filter(({ control }) => control === id)
        .map((attack) => ({ 'observation-uuid': ids.observation(attack.id) })),
    ),
    ...list(
      'related-risks',
      report.incidents
        .filter(({ control }) => control === id)
        .map((incident) => ({ 'risk-uuid': ids.risk(incident.id) })),
    ),
  };
};

export const findingsOf = (report: Report, ids: Ids): readonly object[] =>
  report.controls.map((control) => findingOf(report, ids, control));
