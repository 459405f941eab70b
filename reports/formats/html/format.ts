import type { Format } from '../format.ts';
import { page } from './page.ts';

/** One file that needs nothing else: for a security engineer who has a minute. */
export const format: Format = {
  id: 'html',
  extension: 'html',
  mediaType: 'text/html; charset=utf-8',
  assets: {
    style: './style.css',
    plot: './plot.js',
    chart: './chart.js',
    open: './open.js',
    uplotStyle: 'uplot/dist/uPlot.min.css',
    uplot: 'uplot/dist/uPlot.iife.min.js',
  },
  render: (report, context) => page(report, context.assets).text,
};
