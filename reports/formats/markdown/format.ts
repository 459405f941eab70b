import { reportBrief } from '../../documents/report/index.ts';
import { markdown } from '../../renderers/markdown/index.ts';
import type { Format } from '../format.ts';

/** A summary for a pull request or a CI job. */
export const format: Format = {
  id: 'markdown',
  extension: 'md',
  mediaType: 'text/markdown; charset=utf-8',
  render: (report) => markdown(reportBrief(report)),
};
