import { reportPage } from '../../documents/report/index.ts';
import { htmlPage, pageAssets } from '../../renderers/html/index.ts';
import type { Format } from '../format.ts';

/** One file that needs nothing else: for a security engineer who has a minute. */
export const format: Format = {
  id: 'html',
  extension: 'html',
  mediaType: 'text/html; charset=utf-8',
  assets: pageAssets,
  render: (report, { assets }) => htmlPage(reportPage(report), assets),
};
