import type { Comparison } from '../../../harness/model/index.ts';
import { diffBlock, markup } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import { count } from '../../text/index.ts';

const sizeOf = (diff: string): string => {
  const lines = diff.split('\n');
  const added = lines.filter((line) => line.startsWith('+') && !line.startsWith('+++')).length;
  const removed = lines.filter((line) => line.startsWith('-') && !line.startsWith('---')).length;
  return `+${count(added)} −${count(removed)}`;
};

const files = (comparison: Comparison): Html | false =>
  comparison.files.length > 0 &&
  markup`<h3>Files that differ</h3>
${comparison.files.map(
  ({ file, diff, cut }) =>
    markup`<details class="block diff"><summary>${file} <span class="quiet">${sizeOf(diff)}${cut && ', the start of it'}</span></summary>
${diffBlock(diff)}
${cut && markup`<p class="note">Cut here: the rest is not shown.</p>`}</details>
`,
)}`;

/** What differs between the sides beside the posture: the cause is near. */
export const contextSection = (comparison: Comparison): Html => markup`<section id="context">
<h2>What may be the cause</h2>
${
  comparison.context.length === 0
    ? markup`<p class="note">Plan, trace, catalogue, policy, configuration, images, harness and machine are the same on both sides.</p>`
    : markup`<div class="scroll" tabindex="0"><table class="context">
<thead><tr><th scope="col">What</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">What follows</th></tr></thead>
<tbody>${comparison.context.map(
        ({ what, before, after, consequence }) =>
          markup`<tr><th scope="row">${what}</th><td data-name="before">${before ?? '–'}</td><td data-name="after">${after ?? '–'}</td><td class="claim" data-name="what follows">${consequence ?? markup`<span class="none">costs nothing</span>`}</td></tr>`,
      )}</tbody>
</table></div>`
}
${comparison.filesUnknown !== null && markup`<p class="note">${comparison.filesUnknown}</p>`}
${files(comparison)}
</section>`;
