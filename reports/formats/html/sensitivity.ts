import type { Report } from '../../../harness/model/index.ts';
import { sensitivityText, startedText } from '../../text/index.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

/** Would these attacks have noticed? What the sabotages of this stack showed. */
export const sensitivitySection = (report: Report): Html => markup`<section id="sensitivity">
<h2>Sensitivity</h2>
<p>${sensitivityText(report.sabotage)}${report.sabotage.measuredAt !== null && markup` <span class="quiet">Measured ${startedText(report.sabotage.measuredAt)}.</span>`}</p>
${report.sabotage.missed.length > 0 && markup`<p class="warm">A weakness of the kind that was missed would not be seen by this run.</p>`}
</section>`;
