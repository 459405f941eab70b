import type { Report } from '../../../harness/model/index.ts';
import { scopeNotes } from '../../text/index.ts';
import { diffBlock } from './diff.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

/** What a reader must not conclude from the verdict, and what was changed for this run. */
export const scopeSection = (report: Report): Html => {
  const notes = scopeNotes(report);
  return markup`<section id="scope">
<h2>What this run does not claim</h2>
<ul class="notes">${notes.map((note) => markup`<li>${note}</li>`)}<li>A bound is about attempts like these, in this run, on this machine: it is no proof about techniques that were not tried.</li></ul>
${report.overlay.map(
  (change) =>
    markup`<figure class="diff"><figcaption>Overlay: ${change.file}</figcaption>${diffBlock(change.diff)}</figure>`,
)}
</section>`;
};
