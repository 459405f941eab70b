import { brokeOf } from '../../../harness/model/index.ts';
import type { AttackReport, Incident, Report } from '../../../harness/model/index.ts';
import {
  boundText,
  controlVerdictWord,
  count,
  differenceText,
  firstPlace,
  millisText,
  outcomeText,
  runFacts,
  runVerdictMeaning,
  scopeNotes,
  secondsText,
  sensitivityText,
  sentence,
  shareText,
} from '../../text/index.ts';
import type { Format } from '../format.ts';
import { code, escape } from './escape.ts';
import { signOf as sign, table } from './table.ts';

const attackRow = (attack: AttackReport): readonly string[] => [
  escape(attack.id),
  `${escape(attack.title)}${attack.critical ? ' (critical)' : ''}${attack.reason === null ? '' : `: ${escape(short(sentence(attack.reason)))}`}`,
  count(attack.attempts),
  brokeOf(attack) > 0 ? `**${count(brokeOf(attack))}**` : '0',
  `${boundText(attack.bound95)} (${shareText(attack.bound)})`,
  `${sign(attack.verdict)} ${escape(controlVerdictWord(attack.verdict))}`,
];

const differenceOf = (each: Incident): string => {
  const text = differenceText(each);
  return text === null ? '' : `${escape(short(text))}. `;
};

/** A summary of a CI job may have 1 MiB, a comment 65,536 characters: what is more than a reader reads is counted. */
const most = { incidents: 30, reasons: 10, caps: 3, characters: 500 } as const;

const short = (text: string): string =>
  text.length <= most.characters ? text : `${text.slice(0, most.characters)}… (${count(text.length)} characters)`;

const incident = (each: Incident): string => {
  const place = firstPlace(each);
  return (
    `- **${escape(short(each.attack))} ${escape(short(each.variant))}** at ${code(short(each.hop))}: ${outcomeText(each)}, ` +
    `${escape(short(each.phases.join(', ')))}, from ${secondsText(each.firstMs)} to ${secondsText(each.lastMs)}. ` +
    `${place === null ? '' : `See ${code(short(place))}. `}${differenceOf(each)}${escape(short(each.remediation))}`
  );
};

const incidents = (report: Report): string => {
  if (report.incidents.length === 0) return '';
  const shown = report.incidents.slice(0, most.incidents).map(incident);
  return ['### Incidents\n', ...shown, ...more(report.incidents.length, most.incidents, 'incidents')].join('\n');
};

/** How many are left out, where there are any. */
const more = (all: number, limit: number, what: string): readonly string[] =>
  all > limit ? [`- and ${count(all - limit)} more ${what} in the report`] : [];

const reasons = (report: Report): readonly string[] => [
  ...report.reasons.slice(0, most.reasons).map((reason) => `- ${escape(short(sentence(reason)))}`),
  ...more(report.reasons.length, most.reasons, 'reasons'),
  ...report.score.caps
    .slice(0, most.caps)
    .map((cap) => `- letter at most ${escape(cap.letter)}: ${escape(short(sentence(cap.reason)))}`),
  ...more(report.score.caps.length, most.caps, 'caps of the letter'),
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
    incidents(report),
    table(
      ['Control', 'Claim', 'Verdict'],
      report.controls.map((control) => [
        escape(control.id),
        escape(short([control.claim, ...control.reasons.map(sentence)].join(' – '))),
        `${sign(control.verdict)} ${escape(controlVerdictWord(control.verdict))}`,
      ]),
    ),
    table(['Id', 'Technique', '>Attempts', '>Admitted', '>Bound (asked)', 'Verdict'], report.attacks.map(attackRow)),
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
