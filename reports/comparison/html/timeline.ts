import type { Comparison, Posture } from '../../../harness/model/index.ts';
import { dataBlock, markup } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import { count, millisText, perSecondText, secondsText, visible } from '../../text/index.ts';
import { align } from './align.ts';
import type { Aligned } from './align.ts';

/** What a phase came to in one run, from its timeline and its latencies. */
type PhaseFacts = { readonly lengthMs: number; readonly answered: number | null; readonly admitted: number };

const factsOf = ({ timeline }: Posture, id: string): PhaseFacts | null => {
  const phase = timeline.phases.find((each) => each.id === id);
  if (phase === undefined) return null;
  const middle = (bin: number): number => timeline.originMs + (bin + 0.5) * timeline.binMs;
  const within = (series: readonly (number | null)[]): readonly number[] =>
    series.flatMap((value, bin) =>
      value !== null && phase.startMs <= middle(bin) && middle(bin) < phase.endMs ? [value] : [],
    );
  const answered = within(timeline.answeredPerSecond);
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  return {
    lengthMs: phase.endMs - phase.startMs,
    answered: answered.length === 0 ? null : total(answered) / answered.length,
    admitted: Math.round((total(within(timeline.admittedPerSecond)) * timeline.binMs) / 1000),
  };
};

const pair = (name: string, before: string, after: string): Html =>
  markup`<td class="n" data-name="${name} before">${before}</td><td class="n" data-name="${name} after">${after}</td>`;

const phaseRow = (comparison: Comparison, id: string): Html => {
  const sides = [comparison.before.posture, comparison.after.posture].map((posture) => ({
    facts: factsOf(posture, id),
    p99: posture.load.latencyMs[id]?.p99 ?? null,
  }));
  const both = (name: string, of: (side: (typeof sides)[number]) => string): Html =>
    pair(name, ...(sides.map(of) as [string, string]));
  return markup`<tr><th scope="row">${id}</th>${both('length', ({ facts }) => (facts === null ? '–' : secondsText(facts.lengthMs)))}${both(
    'answered',
    ({ facts }) => (facts === null || facts.answered === null ? '–' : perSecondText(facts.answered)),
  )}${both('p99', ({ p99 }) => millisText(p99))}${both('admitted', ({ facts }) => (facts === null ? '–' : count(facts.admitted)))}</tr>
`;
};

const table = (comparison: Comparison, aligned: Aligned): Html => {
  const heads = ['Length', 'Answered, mean', 'Latency p99', 'Admitted'];
  return markup`<div class="scroll" tabindex="0"><table class="plain phases">
<caption><span>The same by phase, in numbers</span></caption>
<thead><tr><th scope="col" rowspan="2">Phase</th>${heads.map((head) => markup`<th scope="colgroup" colspan="2" class="n">${head}</th>`)}</tr>
<tr>${heads.map(() => markup`<th scope="col" class="n">before</th><th scope="col" class="n">after</th>`)}</tr></thead>
<tbody>${[...new Set(aligned.phases.map(({ id }) => id))].map((id) => phaseRow(comparison, id))}</tbody>
</table></div>`;
};

const how = ({ zero, phases }: Aligned): string =>
  zero === null
    ? 'No phase was recorded: there is nothing to align by.'
    : `Aligned phase by phase: each of ${phases.map(({ id }) => id).join(', ')} begins at the same place for both and has the room of the longer of the two; where one was shorter, its line ends earlier. 0 s is the start of ${zero}.`;

/** Both runs on one time axis, and the same in a table. */
export const timelineSection = (comparison: Comparison): Html => {
  const aligned = align(comparison.before.posture.timeline, comparison.after.posture.timeline);
  const data = { ...aligned, phases: aligned.phases.map((phase) => ({ ...phase, id: visible(phase.id) })) };
  const admitted = [aligned.before, aligned.after].some((run) => run.admitted.some((value) => (value ?? 0) > 0));
  return markup`<section id="timeline">
<h2>Both timelines</h2>
<figure class="chart">
<p class="legend"><span><svg viewBox="0 0 34 10" aria-hidden="true"><path class="before" d="M1 5h32" /></svg> before, dashed</span> <span><svg viewBox="0 0 34 10" aria-hidden="true"><path class="after" d="M1 5h32" /></svg> after, solid</span></p>
<div id="chart"></div>
<noscript><p class="note">The chart needs JavaScript; the table below has its numbers by phase.</p></noscript>
<figcaption>${how(aligned)}${!admitted && ' No second of either run had an admitted attempt.'}</figcaption>
</figure>
<script type="application/json" id="timeline-data">${dataBlock(data)}</script>
${table(comparison, aligned)}
</section>`;
};
