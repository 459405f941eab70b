import type { Report } from '../../../harness/model/index.ts';
import { count, millisText, shareText } from '../../text/index.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

const share = (part: number, whole: number): string => (whole === 0 ? '' : ` (${shareText(part / whole)})`);

/** How the traffic was replayed, and how the stack answered it. */
export const loadSection = (report: Report): Html => {
  const load = report.load;
  const facts: readonly (readonly [string, string])[] = [
    ['Intended', count(load.intended)],
    ['Sent', count(load.sent)],
    ['Dropped', `${count(load.dropped)}${share(load.dropped, load.intended)}`],
    ['Failed', `${count(load.failed)}${share(load.failed, load.intended)}`],
    ['Sent late, p99', millisText(load.latenessP99Ms)],
    ['Late at the edge, p99', millisText(load.edgeLatenessP99Ms)],
  ];
  return markup`<section id="load">
<h2>Load</h2>
<dl class="facts">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<div class="scroll" tabindex="0"><table class="plain">
<caption><span>Latency from the intended time; a dropped request counts as the time-out</span></caption>
<thead><tr><th scope="col">Phase</th><th scope="col" class="n">p50</th><th scope="col" class="n">p99</th><th scope="col" class="n">p99.9</th><th scope="col" class="n">Requests</th><th scope="col" class="n">Left out</th></tr></thead>
<tbody>${Object.entries(load.latencyMs).map(
    ([phase, latency]) =>
      markup`<tr><th scope="row">${phase}</th><td class="n">${millisText(latency.p50)}</td><td class="n">${millisText(latency.p99)}</td><td class="n">${millisText(latency.p999)}</td><td class="n">${count(latency.requests)}</td><td class="n">${count(latency.leftOut)}</td></tr>`,
  )}</tbody>
</table></div>
</section>`;
};
