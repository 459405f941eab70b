import { brokeOf, heldOf } from '../../../harness/model/index.ts';
import type { AttackReport, Counts, Report } from '../../../harness/model/index.ts';
import { facts, note, numeric, section, table } from '../../document.ts';
import type { Block, Column, Row, Section } from '../../document.ts';
import { alarming, criticalMark, prose, quiet, strong, sub, verdictBadge, warm } from '../../line.ts';
import type { Line } from '../../line.ts';
import { boundText, count, sentence, shareText } from '../../text/index.ts';

/** The phases in the order of the run; a phase that only an attack knows stands last. */
const phasesOf = ({ timeline, attacks }: Report): readonly string[] => [
  ...new Set([...timeline.phases.map(({ id }) => id), ...attacks.flatMap(({ phases }) => Object.keys(phases))]),
];

const admitted = (counts: Counts): Line => alarming(brokeOf(counts), count(brokeOf(counts)));
const admittedOf = (counts: Counts): Line => [admitted(counts), quiet(` / ${count(counts.attempts)}`)];
const doubtful = (counts: Counts): Line => alarming(counts.indeterminate, count(counts.indeterminate), warm);

const counted = [numeric('Attempts'), numeric('Admitted'), numeric('Refused'), numeric('Indet.'), numeric('Clusters')];
const countedOf = (counts: Counts): readonly Line[] => [
  count(counts.attempts),
  admitted(counts),
  count(heldOf(counts)),
  doubtful(counts),
  count(counts.clusters),
];

/** What an attack must meet, and its counts by form, target and phase. */
const details = (attack: AttackReport, phases: readonly string[]): readonly Block[] => [
  facts([
    ['Claim', attack.name],
    ['Secure', attack.secure],
    [
      'Bound',
      `${boundText(attack.bound95)} of attempts and ${boundText(attack.bound95Clusters)} of independent clusters; the plan asks for ${shareText(attack.bound)}, which needs ${count(attack.required)} determinate attempts`,
    ],
    ['To mend', prose(attack.remediation)],
    ['Sources', attack.sources.join('; ')],
    ...attack.indeterminateReasons.map(
      ({ reason, count: times }) => ['Indeterminate', [strong(count(times)), ` ${sentence(reason)}`]] as const,
    ),
  ]),
  table(
    ['Form', 'Target', ...counted],
    attack.variants.map((form) => [form.variant, form.target, ...countedOf(form)]),
    { caption: 'By form and target' },
  ),
  table(
    ['Phase', ...counted],
    phases.flatMap((phase) => {
      const counts = attack.phases[phase];
      return counts === undefined ? [] : [[phase, ...countedOf(counts)]];
    }),
    { caption: 'By phase' },
  ),
];

const row = (attack: AttackReport, phases: readonly string[]): Row => {
  const { id, title, critical, reason, verdict, bound, bound95, attempts, clusters } = attack;
  const within = bound95 !== null && bound95 <= bound;
  return {
    id: `attack ${id}`,
    ...(verdict === 'pass' ? { calm: true } : { tone: verdict === 'fail' ? 'bad' : 'unsure' }),
    cells: [
      [strong(id), ` ${title}`, criticalMark(critical), reason === null ? '' : sub(sentence(reason))],
      verdictBadge(verdict),
      count(attempts),
      count(clusters),
      count(heldOf(attack)),
      admittedOf(attack),
      doubtful(attack),
      [within ? boundText(bound95) : warm(boundText(bound95)), quiet(` (${shareText(bound)})`)],
      ...phases.map((phase) => {
        const counts = attack.phases[phase];
        return counts === undefined ? quiet('–') : admittedOf(counts);
      }),
    ],
    details: details(attack, phases),
  };
};

/** A row for each attack, to be opened for its forms. */
export const attacksSection = (report: Report): Section => {
  const phases = phasesOf(report);
  const columns: readonly (Column | Line)[] = [
    'Attack',
    'Verdict',
    numeric('Attempts', { drops: 1 }),
    numeric('Clusters', { drops: 1, title: 'independent clusters: attempts that share a connection are one' }),
    numeric('Refused', {
      drops: 1,
      title: 'as it must be: refused or, where the policy allows it, served',
    }),
    numeric('Admitted'),
    numeric('Indet.', { title: 'indeterminate: the evidence does not say' }),
    numeric('Bound (asked)'),
    ...phases.map((phase) => numeric(phase, { drops: 2, over: 'Admitted / attempts by phase' })),
  ];
  return section(
    'Attacks',
    [
      note(
        'An attempt counts as admitted if the witness saw it, whatever status came back. Of a comparison with the policy, a request counts under it if it was decided otherwise, either way. Bound: the admitted share is at most this, with 95 % confidence. Open a row for its forms.',
      ),
      table(
        columns,
        report.attacks.map((attack) => row(attack, phases)),
        { cards: true },
      ),
    ],
    { id: 'attacks' },
  );
};
