import type { Report } from '../../../harness/model/index.ts';
import type { Format } from '../format.ts';
import { familiesOf } from './families.ts';
import { familyText } from './family.ts';

const render = (report: Report): string => {
  // Plan and stack tell apart what one night measures of several; the run and its seed stand in one info alone.
  const common = { plan: report.plan, stack: report.stack };
  return `${familiesOf(report)
    .map((family) => familyText(family, common))
    .join('')}# EOF\n`;
};

/**
 * OpenMetrics 1.0 text, for a push gateway or the textfile collector of a node exporter: no sample has a time of its own, for those
 * refuse them; when the run began is a metric.
 */
export const format: Format = {
  id: 'openmetrics',
  extension: 'prom',
  mediaType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  render,
};
