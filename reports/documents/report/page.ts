import type { ControlReport, Report } from '../../../harness/model/index.ts';
import { list, note, section, table, text } from '../../document.ts';
import type { Block, Document, Fact, Section } from '../../document.ts';
import { beneath, chip, joined, quiet, strong, toneOf, verdictBadge, warm } from '../../line.ts';
import type { Line } from '../../line.ts';
import {
  count,
  runFacts,
  runVerdictMeaning,
  scopeNotes,
  sensitivityText,
  sentence,
  startedText,
} from '../../text/index.ts';
import { attacksSection } from './attacks.ts';
import { incidentsSection } from './incidents.ts';
import { loadSection, tapSection } from './load.ts';
import { timelineSection } from './timeline.ts';

const chips = ({ attacks }: Report, control: ControlReport): Line =>
  joined(
    attacks
      .filter((attack) => attack.control === control.id)
      .map(({ id, title, verdict }) =>
        chip(verdict === 'pass' ? 'calm' : toneOf(verdict), id, { title: `${title}: ${verdict}`, to: `attack ${id}` }),
      ),
    ' ',
  );

/** A row for each control that the plan has attacks for. */
const controlsSection = (report: Report): Section =>
  section(
    'Controls',
    [
      table(
        ['Control', 'Verdict', 'Claim, and why it does not pass', 'Attacks'],
        report.controls.map((control) => [
          control.id,
          verdictBadge(control.verdict),
          [control.claim, beneath(control.reasons.map((reason) => `• ${sentence(reason)}`))],
          chips(report, control),
        ]),
        { cards: true },
      ),
      ...(report.notClaimed.length > 0 ? [note(`Not claimed by this plan: ${report.notClaimed.join(', ')}.`)] : []),
    ],
    { id: 'controls' },
  );

/** Would these attacks have noticed? What the sabotages of this stack showed. */
const sensitivitySection = ({ sabotage }: Report): Section =>
  section(
    'Sensitivity',
    [
      text([
        sensitivityText(sabotage),
        sabotage.measuredAt === null ? '' : quiet(` Measured ${startedText(sabotage.measuredAt)}.`),
      ]),
      ...(sabotage.missed.length > 0
        ? [text(warm('A weakness of the kind that was missed would not be seen by this run.'))]
        : []),
    ],
    { id: 'sensitivity' },
  );

/** What a reader must not conclude from the verdict, and what was changed for this run. */
const scopeSection = (report: Report): Section =>
  section(
    'What this run does not claim',
    [
      list([
        ...scopeNotes(report),
        'A bound is about attempts like these, in this run, on this machine: it is no proof about techniques that were not tried.',
      ]),
      {
        kind: 'diffs',
        diffs: report.overlay.map(({ file, diff }) => ({ file: `Overlay: ${file}`, text: diff, cut: false })),
      },
    ],
    { id: 'scope', nav: 'Not claimed' },
  );

const named = (title: string, values: Readonly<Record<string, string>>): Section =>
  section(title, [{ kind: 'facts', facts: Object.entries(values), long: true }]);

/** How to check this report, and exactly what it is about. */
const provenanceSection = ({ run, score, schema, versions, digests, machine }: Report): Section =>
  section(
    'Verify it yourself',
    [
      text(
        "This page is a view; the proof is signed. With the run's folder at hand, and no network, this checks the signature and the chain of the history, and computes verdicts and score again:",
      ),
      { kind: 'code', text: `npx holdfast verify reports/runs/${run}` },
      section(
        'Versions, digests and machine',
        [
          named('Versions', versions),
          named('Digests (SHA-256)', digests),
          named('Machine', {
            processors: count(machine.cpus),
            memory: `${(machine.memoryBytes / 2 ** 30).toFixed(1)} GiB`,
            kernel: machine.kernel,
            'container engine': machine.engine,
          }),
          note(`Table of weights ${score.table}; ${schema}. The chart is drawn by uPlot, © Leon Sorokin, MIT licence.`),
        ],
        { fold: true },
      ),
    ],
    { id: 'provenance', nav: 'Verify' },
  );

/** More caps of the letter than this are folded. */
const mostCaps = 2;

/** What caps the letter: the worst first. */
const caps = ({ score }: Report): readonly Block[] => {
  const lines = score.caps.map(({ letter, reason }): Line => [strong(`at most ${letter}`), ` ${sentence(reason)}`]);
  if (lines.length === 0) return [];
  return lines.length <= mostCaps
    ? [list(lines)]
    : [section(`The letter is capped for ${count(lines.length)} reasons`, [list(lines)], { fold: true })];
};

/** A run as a page: everything that a security engineer asks for. */
export const reportPage = (report: Report): Document => ({
  title: `${report.verdict}: ${report.plan} on ${report.stack} – Holdfast`,
  name: `run ${report.run}`,
  harness: report.harness,
  verdict: {
    word: report.verdict,
    tone: toneOf(report.verdict),
    score: report.score,
    about: `${report.plan} on ${report.stack}`,
    means: runVerdictMeaning(report.verdict),
  },
  why: [...(report.reasons.length > 0 ? [list(report.reasons.map(sentence))] : []), ...caps(report)],
  facts: runFacts(report) as readonly Fact[],
  blocks: [
    controlsSection(report),
    incidentsSection(report),
    attacksSection(report),
    timelineSection(report),
    loadSection(report),
    tapSection(report),
    sensitivitySection(report),
    scopeSection(report),
    provenanceSection(report),
  ],
});
