import { brokeOf } from '../../../harness/model/index.ts';
import type { AttackReport, Incident, Report } from '../../../harness/model/index.ts';
import {
  boundText,
  controlVerdictWord,
  count,
  differenceText,
  millisText,
  outcomeText,
  runFacts,
  runVerdictMeaning,
  scopeNotes,
  secondsText,
  sensitivityText,
  shareText,
} from '../../text/index.ts';
import type { Format } from '../format.ts';
import { code, escape } from './escape.ts';
import { signOf as sign, table } from './table.ts';

const attackRow = (attack: AttackReport): readonly string[] => [
  escape(attack.id),
  `${escape(attack.title)}${attack.critical ? ' (critical)' : ''}${attack.reason === null ? '' : `: ${escape(attack.reason)}`}`,
  count(attack.attempts),
  brokeOf(attack) > 0 ? `**${count(brokeOf(attack))}**` : '0',
  `${boundText(attack.bound95)} (${shareText(attack.bound)})`,
  `${sign(attack.verdict)} ${escape(controlVerdictWord(attack.verdict))}`,
];

const differenceOf = (each: Incident): string => {
  const text = differenceText(each);
  return text === null ? '' : `${escape(text)}. `;
};

const incident = (each: Incident): string =>
  `- **${escape(each.attack)} ${escape(each.variant)}** at ${code(each.hop)}: ${outcomeText(each)}, ` +
  `${escape(each.phases.join(', '))}, from ${secondsText(each.firstMs)} to ${secondsText(each.lastMs)}. ` +
  `${differenceOf(each)}${escape(each.remediation)}`;

const reasons = (report: Report): readonly string[] => [
  ...report.reasons.map((reason) => `- ${escape(reason)}`),
  ...report.score.caps.map((cap) => `- letter at most ${escape(cap.letter)}: ${escape(cap.reason)}`),
];

const loadLine = (report: Report): string => {
  const load = report.load;
  const phases = Object.entries(load.latencyMs).map(
    ([phase, latency]) => `${escape(phase)} p50 ${millisText(latency.p50)}, p99 ${millisText(latency.p99)}`,
  );
  return `${count(load.intended)} legitimate requests intended, ${count(load.sent)} sent, ${count(load.dropped)} dropped, ${count(load.failed)} failed. Latency: ${phases.join('; ')}.`;
};

const render = (report: Report): string =>
  [
    `## ${sign(report.verdict)} Holdfast: ${escape(report.verdict)}, ${escape(report.score.letter)} (${report.score.value} / 100)`,
    escape(runVerdictMeaning(report.verdict)),
    reasons(report).join('\n'),
    table(
      ['Control', 'Claim', 'Verdict'],
      report.controls.map((control) => [
        escape(control.id),
        escape([control.claim, ...control.reasons].join(' – ')),
        `${sign(control.verdict)} ${escape(controlVerdictWord(control.verdict))}`,
      ]),
    ),
    table(['Id', 'Technique', '>Attempts', '>Admitted', '>Bound (asked)', 'Verdict'], report.attacks.map(attackRow)),
    report.incidents.length === 0 ? '' : `### Incidents\n\n${report.incidents.map(incident).join('\n')}`,
    `### Load\n\n${loadLine(report)}`,
    `### Sensitivity\n\n${escape(sensitivityText(report.sabotage))}`,
    scopeNotes(report).length === 0
      ? ''
      : `### Not claimed\n\n${scopeNotes(report)
          .map((note) => `- ${escape(note)}`)
          .join('\n')}`,
    `<sub>${runFacts(report)
      .map(([name, value]) => `${name}: ${escape(value)}`)
      .join(' · ')} · run ${escape(report.run)} · holdfast ${escape(report.harness)}</sub>`,
  ]
    .filter((part) => part !== '')
    .join('\n\n') + '\n';

/** A summary for a pull request or a CI job. */
export const format: Format = { id: 'markdown', extension: 'md', mediaType: 'text/markdown; charset=utf-8', render };
