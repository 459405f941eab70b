import { serialiseReport } from '../../../harness/check/index.ts';
import type { Format } from '../format.ts';

/** The report as it stands in `report.json`, byte for byte. */
export const format: Format = {
  id: 'json',
  extension: 'json',
  mediaType: 'application/json',
  render: (report) => serialiseReport(report),
};
