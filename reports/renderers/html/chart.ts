import type { Chart, Lane, Panel, Span } from '../../drawing.ts';
import { visible } from '../../text/index.ts';
import { lineHtml } from './line.ts';
import { dataBlock, markup } from './markup.ts';
import type { Html } from './markup.ts';

/** Texts are made harmless here, so that the script can show them as they are. */
const harmless = (spans: readonly Span[]): readonly Span[] =>
  spans.map(({ name, startMs, endMs }) => ({ name: visible(name), startMs, endMs }));

const panelData = (panel: Panel): Panel =>
  'lanes' in panel
    ? {
        title: visible(panel.title),
        lanes: panel.lanes.map((lane): Lane => ({ ...lane, name: visible(lane.name), spans: harmless(lane.spans) })),
      }
    : {
        ...panel,
        title: visible(panel.title),
        data: panel.data.map(({ atMs, series }) => ({
          atMs,
          series: series.map((each) => ({ ...each, label: visible(each.label) })),
        })),
      };

/** A chart, to be drawn by `chart.js`; without it the caption and the tables around say the same. */
export const chartHtml = ({ fromMs, toMs, phases, hatched, panels, legend = [], caption }: Chart): Html => {
  const data = { fromMs, toMs, phases: harmless(phases), hatched: harmless(hatched), panels: panels.map(panelData) };
  return markup`<figure class="chart">
${legend.length > 0 && markup`<p class="legend">${legend.map(({ dashed, text }) => markup`<span><svg viewBox="0 0 34 10" aria-hidden="true"><path class="${dashed ? 'dashed' : 'solid'}" d="M1 5h32" /></svg> ${text}</span> `)}</p>`}
<div class="mount"></div>
<noscript><p class="note">The chart needs JavaScript; the text below says the same.</p></noscript>
<script type="application/json">${dataBlock(data)}</script>
<figcaption>${lineHtml(caption)}</figcaption>
</figure>
`;
};
