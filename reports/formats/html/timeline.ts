import type { Report } from '../../../harness/model/index.ts';
import { timelineSummary, visible } from '../../text/index.ts';
import { dataBlock, markup } from './markup.ts';
import type { Html } from './markup.ts';

/** What the chart draws; texts are made harmless here, so that the script can show them as they are. */
const chartData = (report: Report): unknown => {
  const line = report.timeline;
  return {
    ...line,
    phases: line.phases.map((phase) => ({ ...phase, id: visible(phase.id) })),
    operations: line.operations.map((one) => ({
      ...one,
      kind: visible(one.kind),
      places: one.places.map(visible),
      error: one.error === null ? null : visible(one.error),
    })),
    windows: line.windows.map((window) => ({
      ...window,
      attack: visible(window.attack),
      hop: visible(window.hop),
      variant: visible(window.variant),
    })),
  };
};

/** Load, latency, attempts, phases and interceptions on one time axis. */
export const timelineSection = (report: Report): Html => markup`<section id="timeline">
<h2>Timeline</h2>
<figure class="chart">
<div id="chart"></div>
<noscript><p class="note">The chart needs JavaScript; the text below says the same.</p></noscript>
<figcaption>${timelineSummary(report).join(' ')} Hatched: a hop was taken over; its requests are left out of the latency.</figcaption>
</figure>
<script type="application/json" id="timeline-data">${dataBlock(chartData(report))}</script>
</section>`;
