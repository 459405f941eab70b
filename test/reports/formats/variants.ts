import type { AttackReport, Report } from '../../../harness/model/index.ts';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';
import { said } from '../../support/said.ts';
import { reason } from '../../../harness/model/index.ts';

const change = (report: Report, id: string, to: Partial<AttackReport>): Report => ({
  ...report,
  attacks: report.attacks.map((attack) => (attack.id === id ? { ...attack, ...to } : attack)),
});

const none = { attempts: 0, clusters: 0, refused: 0, admitted: 0, served: 0, withheld: 0, indeterminate: 0 };
const nothing: Partial<AttackReport> = {
  ...none,
  verdict: 'unknown',
  phases: {},
  variants: [],
  bound95: null,
  bound95Clusters: null,
};

/** Reports of every kind that a run can come to. */
export const variants: Readonly<Record<string, Report>> = {
  sound: soundReport,
  broken: brokenReport,
  unknown: {
    ...change(soundReport, 'M3', { verdict: 'unknown', reason: said('only 3 of 2,995 attempts were determinate') }),
    verdict: 'UNKNOWN',
    reasons: [said('M3: only 3 of 2,995 attempts were determinate')],
    controls: soundReport.controls.map((control) =>
      control.id === 'mtls' ? { ...control, verdict: 'unknown', reasons: [said('M3 is unknown')] } : control,
    ),
  },
  invalid: {
    ...soundReport,
    verdict: 'INVALID',
    reasons: [said('2.1 % of the requests were dropped, at most 0.1 % may be')],
  },
  partial: {
    ...soundReport,
    verdict: 'UNKNOWN',
    partial: true,
    reasons: [said('the run was interrupted')],
    capacity: null,
    timeline: { ...soundReport.timeline, phases: [] },
    load: { ...soundReport.load, latencyMs: {}, latenessP99Ms: null },
    attacks: soundReport.attacks.map((attack) => ({ ...attack, ...nothing, reason: said('no attempt was made') })),
  },
  narrowed: {
    ...change(change(soundReport, 'E1', { ...nothing, reason: reason('narrowed', { only: 'M*' }) }), 'M16', {
      ...nothing,
      reason: reason('not-applicable', { stack: 'envoy-envoy', why: 'there is no mesh' }),
    }),
    verdict: 'UNKNOWN',
    only: 'M*',
    reasons: [said('E1: it was not run: the run was narrowed by --only M*')],
  },
  empty: { ...soundReport, verdict: 'UNKNOWN', controls: [], attacks: [], tap: [], versions: {}, digests: {} },
};
