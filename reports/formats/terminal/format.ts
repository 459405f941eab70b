import { reportBrief } from '../../documents/report/index.ts';
import { terminal } from '../../renderers/terminal/index.ts';
import type { Format } from '../format.ts';

/** The scoreboard at the end of a run, for somebody in a hurry. */
export const format: Format = {
  id: 'terminal',
  extension: 'txt',
  mediaType: 'text/plain; charset=utf-8',
  render: (report, { colour, columns }) => terminal(reportBrief(report), { colour, columns, verbose: false }),
};
