import type { LinkReport, Report, SabotageSummary } from '../../harness/model/index.ts';
import { waiverText } from './decisions.ts';
import { lossText } from './losses.ts';
import { count } from './numbers.ts';
import { sentence } from './reasons.ts';

/** Whether the same attacks are known to notice a weakness: the sensitivity of the run, said plainly where it was not measured. */
export const sensitivityText = (sabotage: SabotageSummary): string => {
  if (!sabotage.measured)
    return (
      'Not measured for this version of stack, attacks and harness: ' +
      'nothing shows yet that these attacks would notice a weakness. To measure it: npx holdfast sabotage'
    );
  const missed = sabotage.missed.length === 0 ? 'none missed' : `missed: ${sabotage.missed.join(', ')}`;
  const alarms =
    sabotage.falseAlarms === 0
      ? 'no false alarm on the sound stack'
      : `${count(sabotage.falseAlarms)} false ${sabotage.falseAlarms === 1 ? 'alarm' : 'alarms'} on the sound stack`;
  return `${count(sabotage.caught)} of ${count(sabotage.total)} sabotages caught, ${missed}, ${alarms}.`;
};

/** Every packet that the tap saw, by class, over all links. */
export const tapTotals = (
  links: readonly LinkReport[],
): { packets: number; cleartext: number; planted: number; unclassified: number; dropped: number } => {
  const of = (name: string): number => links.reduce((sum, link) => sum + (link.packets[name] ?? 0), 0);
  const packets = links.reduce((sum, link) => sum + Object.values(link.packets).reduce((a, b) => a + b, 0), 0);
  const dropped = links.reduce((sum, link) => sum + link.dropped, 0);
  return { packets, cleartext: of('cleartext'), planted: of('planted'), unclassified: of('unclassified'), dropped };
};

const lackNote = ({ feature, means, attacks, controls }: NonNullable<Report['lacks']>[number]): string =>
  [
    `The stack lacks the feature ${feature} (${means}).`,
    ...(attacks.length === 0 ? [] : [`Not tried for that reason: ${attacks.join(', ')}.`]),
    ...(controls.length === 0
      ? []
      : [`Not claimed for that reason, though an admission still counts: ${controls.join(', ')}.`]),
  ].join(' ');

/** What this run does not claim, one sentence each: what a reader must not conclude from the verdict. */
export const scopeNotes = (report: Report): readonly string[] => {
  const notes: string[] = [];
  if (report.partial)
    notes.push('The run was stopped early: its history is partial, and nothing is claimed about what did not run.');
  if (report.only !== null)
    notes.push(`The run was limited with --only ${report.only}: the other attacks did not run and earn no score.`);
  notes.push(...report.waivers.map(waiverText));
  if (report.overlay.length > 0)
    notes.push(
      `An overlay changed the stack's configuration (${count(report.overlay.length)} ${report.overlay.length === 1 ? 'file' : 'files'}): the verdict is about the changed stack.`,
    );
  const lacks = report.lacks ?? [];
  notes.push(...lacks.map(lackNote));
  const unasked = report.notClaimed.filter((id) => lacks.every(({ controls }) => !controls.includes(id)));
  if (unasked.length > 0)
    notes.push(`The plan has no attacks for: ${unasked.join(', ')}. This report makes no claim about them.`);
  if (report.capacity !== null && !report.capacity.measured)
    notes.push(
      'The plan gave the capacity; it was not measured. The report does not say how close the spike came to saturation.',
    );
  if (report.capacity?.clamped === true)
    notes.push("The plan's ceiling, not the stack, set the limit: the true capacity may be higher than stated.");
  for (const { id, attempts, variants } of report.attacks) {
    const untried = variants.filter((form) => form.attempts === 0).length;
    if (attempts > 0 && untried > 0)
      notes.push(
        `The plan had no room for ${count(untried)} of the ${count(variants.length)} forms of ${id}; report.html shows which were not tried.`,
      );
  }
  for (const loss of report.losses) {
    const { what, detail } = lossText(loss);
    notes.push(`Evidence lost: ${count(loss.count)} × ${what}${detail === '' ? '' : ` (${detail})`}.`);
  }
  for (const { id, notShown = [] } of report.attacks)
    notes.push(...notShown.map((reason) => `${id}: ${sentence(reason)}.`));
  return notes;
};
