import type { Report } from '../../../harness/model/index.ts';
import { count } from '../../text/index.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

const list = (title: string, values: Readonly<Record<string, string>>): Html =>
  markup`<h3>${title}</h3><dl class="digests">${Object.entries(values).map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

const machine = (report: Report): Readonly<Record<string, string>> => ({
  processors: count(report.machine.cpus),
  memory: `${(report.machine.memoryBytes / 2 ** 30).toFixed(1)} GiB`,
  kernel: report.machine.kernel,
  'container engine': report.machine.engine,
});

/** How to check this report, and exactly what it is about. */
export const provenanceSection = (report: Report): Html => markup`<section id="provenance">
<h2>Verify it yourself</h2>
<p>This page is a view; the proof is signed. With the run's folder at hand, and no network, this checks the signature and the chain of the history, and computes verdicts and score again:</p>
<pre tabindex="0">npx holdfast verify reports/runs/${report.run}</pre>
<details class="block"><summary>Versions, digests and machine</summary>
${list('Versions', report.versions)}
${list('Digests (SHA-256)', report.digests)}
${list('Machine', machine(report))}
<p class="quiet">Holdfast ${report.harness}; table of weights ${report.score.table}; ${report.schema}. The chart is drawn by uPlot, © Leon Sorokin, MIT licence.</p>
</details>
</section>`;
