import type { Report } from '../../../harness/model/index.ts';
import { count } from '../../text/index.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

/** Classes of which a single packet matters. */
const alarming = new Set(['cleartext', 'unclassified']);

/** Every packet of every mesh link, by class. */
export const tapSection = (report: Report): Html => {
  const classes = [...new Set(report.tap.flatMap((link) => Object.keys(link.packets)))];
  const cell = (name: string, packets: number): Html =>
    markup`<td class="n"><span class="${packets === 0 ? 'none' : alarming.has(name) ? 'hot' : ''}">${count(packets)}</span></td>`;
  if (report.tap.length === 0)
    return markup`<section id="tap"><h2>Tap</h2><p class="note">No link was captured in this run.</p></section>`;
  return markup`<section id="tap">
<h2>Tap</h2>
<div class="scroll" tabindex="0"><table class="plain">
<caption><span>Packets of each mesh link by class. “planted” is cleartext that the harness sent on purpose, to show that the tap would see it</span></caption>
<thead><tr><th scope="col">Link</th>${classes.map((name) => markup`<th scope="col" class="n">${name}</th>`)}<th scope="col" class="n">connections</th><th scope="col" class="n">lost by the tap</th></tr></thead>
<tbody>${report.tap.map((link) => markup`<tr><th scope="row">${link.link}</th>${classes.map((name) => cell(name, link.packets[name] ?? 0))}<td class="n">${count(link.connections)}</td><td class="n"><span class="${link.dropped === 0 ? 'none' : 'warm'}">${count(link.dropped)}</span></td></tr>`)}</tbody>
</table></div>
</section>`;
};
