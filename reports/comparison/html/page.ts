import type { Comparison } from '../../../harness/model/index.ts';
import { htmlDocument, markup, needAssets } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import type { Asset } from '../../formats/index.ts';
import { contextSection } from './context.ts';
import { headerSection } from './header.ts';
import { linesSection, notComparableSection, quietSection } from './lines.ts';
import { timelineSection } from './timeline.ts';

/** What the page inlines: name → path from this folder, or inside a package. */
export const pageAssets: Readonly<Record<string, string>> = {
  uplotStyle: 'uplot/dist/uPlot.min.css',
  base: '../../formats/html/style.css',
  style: './style.css',
  uplot: 'uplot/dist/uPlot.iife.min.js',
  plot: '../../formats/html/plot.js',
  chart: './chart.js',
  open: './open.js',
};

/** A comparison as one page that needs nothing else. Everything but the chart is readable without JavaScript. */
export const page = (comparison: Comparison, assets: Readonly<Record<string, Asset>>): Html =>
  htmlDocument({
    title: `${comparison.verdict}: ${comparison.before.label} → ${comparison.after.label} – Holdfast`,
    styles: needAssets(assets, ['uplotStyle', 'base', 'style']),
    scripts: needAssets(assets, ['uplot', 'plot', 'chart', 'open']),
    body: markup`<a class="skip" href="#differences">Skip to what differs</a>
${headerSection(comparison)}
<main>
${linesSection(comparison)}
${notComparableSection(comparison)}
${timelineSection(comparison)}
${contextSection(comparison)}
${quietSection(comparison)}
</main>`,
  });
