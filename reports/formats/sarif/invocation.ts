import type { Report } from '../../../harness/model/index.ts';
import { leftOut, lossText, runVerdictMeaning, sentence as sentenceOf, visible } from '../../text/index.ts';
import { message, sentence } from './message.ts';

const exitCodes = { HOLDS: 0, BROKEN: 1, UNKNOWN: 2, INVALID: 2 } as const;

const notification = (id: string, level: 'error' | 'warning' | 'note', text: string, rule?: object): object => ({
  descriptor: { id },
  level,
  message: message(sentence(text)),
  ...(rule !== undefined && { associatedRule: rule }),
});

const ruleOf = ({ attacks }: Report, id: string): object => ({
  id: visible(id),
  index: attacks.findIndex((attack) => attack.id === id),
});

/** What the run could not say: of the run as a whole, then attack by attack. A reader of results alone must not miss it. */
const doubts = (report: Report): readonly object[] => {
  const { verdict, reasons, attacks } = report;
  const ofRun = verdict === 'UNKNOWN' || verdict === 'INVALID';
  return [
    ...(ofRun ? [notification(verdict, 'error', `${verdict}: ${runVerdictMeaning(verdict)}`)] : []),
    ...(ofRun ? reasons.map((reason) => notification(verdict, 'error', sentenceOf(reason))) : []),
    ...(report.partial ? [notification('PARTIAL', 'error', 'The run was stopped before its end')] : []),
    ...attacks
      .filter((attack) => attack.verdict === 'unknown' && leftOut(attack) === null)
      .map(({ id, name, reason }) =>
        notification(
          'unknown',
          'warning',
          `${id} ${name}: ${reason === null ? 'the evidence does not say whether it was refused' : sentenceOf(reason)}`,
          ruleOf(report, id),
        ),
      ),
    ...report.losses.map((loss) => {
      const { what, detail } = lossText(loss);
      const how = detail === '' ? '' : ` (${detail})`;
      return notification('lost-evidence', 'warning', `Evidence lost: ${loss.count} × ${what}${how}`);
    }),
  ];
};

/** What was left out on purpose. */
const left = (report: Report): readonly object[] =>
  report.attacks.flatMap((attack) => {
    const reason = leftOut(attack);
    return reason === null
      ? []
      : [notification('left-out', 'note', `${attack.id} ${attack.name}: ${reason}`, ruleOf(report, attack.id))];
  });

/** How the tool was run and how that ended. */
export const invocationOf = (report: Report): object => ({
  executionSuccessful: report.verdict !== 'INVALID' && !report.partial,
  commandLine: visible(
    `npx holdfast run ${report.plan} --stack ${report.stack} --seed ${report.seed}${report.only === null ? '' : ` --only ${report.only}`}`,
  ),
  startTimeUtc: report.startedAt,
  exitCode: exitCodes[report.verdict] ?? 2,
  exitCodeDescription: visible(`${report.verdict}: ${runVerdictMeaning(report.verdict)}`),
  toolExecutionNotifications: doubts(report),
  toolConfigurationNotifications: left(report),
});
