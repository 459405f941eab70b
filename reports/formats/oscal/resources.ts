import type { Report } from '../../../harness/model/index.ts';
import type { Ids } from './ids.ts';
import { line, list, prop } from './values.ts';

/** What the document speaks of and does not hold: the plan, the history, and the sources that the attacks cite. */
export const resourcesOf = (report: Report, ids: Ids): readonly object[] => {
  const sources = new Set(report.attacks.flatMap((attack) => attack.sources));
  const digest = report.digests['plan'];
  return [
    {
      uuid: ids.plan,
      title: line(`The plan ${report.plan}`),
      description: 'The plan of the run: phases, load, attacks, bounds. It stands where an assessment plan would.',
      ...list('props', [prop('seed', report.seed), prop('sha-256', digest ?? null)]),
    },
    {
      uuid: ids.file('history'),
      title: 'The history of the run',
      description:
        'The append-only record on which every verdict rests, in the folder of the run; holdfast verify checks it.',
      rlinks: [{ href: 'history.ndjson.gz', 'media-type': 'application/gzip' }],
    },
    ...[...sources].map((source) => ({
      uuid: ids.source(source),
      title: line(source),
      citation: { text: line(source) },
    })),
  ];
};
