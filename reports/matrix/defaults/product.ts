import { brokeOf } from '../../../harness/model/index.ts';
import type { AttackReport, Incident, Report } from '../../../harness/model/index.ts';
import { count, secondsText, sentence, startedText, visible, visibleLines } from '../../text/index.ts';
import { unknownOf } from '../expect.ts';
import type { MatrixRow } from '../schema.ts';
import { block, prose } from './prose.ts';

/** A row of defaults with its report. */
export type ShippedProduct = {
  readonly row: MatrixRow & { readonly defaults: NonNullable<MatrixRow['defaults']> };
  readonly report: Report;
  /** Rows of the same matrix in which the same product, configured from the policy, holds. */
  readonly sound: readonly MatrixRow[];
  /** A stack whose configuration of this product is compiled from the policy; null where there is none. */
  readonly compiled: string | null;
};

/** The heading of a product, without the marks of a heading. */
export const headingOf = ({ row }: ShippedProduct): string => `${row.defaults.product} ${row.defaults.version}`;

/** Of an attack's incidents the one with the most admissions, which shows it best. */
const clearest = (report: Report, attack: string): Incident | null =>
  report.incidents.filter((incident) => incident.attack === attack).toSorted((a, b) => b.admitted - a.admitted)[0] ??
  null;

const seen = ({ evidence }: Incident): readonly string[] => {
  const [first] = evidence;
  if (first === undefined) return [];
  return [
    '',
    `at ${secondsText(first.atMs)} the attacker saw: ${visible(first.attacker)}`,
    ...first.witness.map((line) => `the witness saw: ${visible(line)}`),
  ];
};

const forms = (attack: AttackReport): string => {
  const through = attack.variants.filter((form) => brokeOf(form) > 0);
  const shown = through.slice(0, 6).map(({ variant, target }) => `\`${visible(variant)}\` at ${visible(target)}`);
  const left = through.length - shown.length;
  return `${shown.join(', ')}${left > 0 ? ` and ${count(left)} more` : ''}`;
};

/** How many attempts say nothing, and mostly why: they are no refusals. */
const silentText = ({ indeterminate, indeterminateReasons }: AttackReport): string => {
  const [most] = indeterminateReasons.toSorted((a, b) => b.count - a.count);
  return indeterminate === 0
    ? ''
    : ` ${count(indeterminate)} ${indeterminate === 1 ? 'attempt says' : 'attempts say'} nothing${most === undefined ? '' : ` (mostly: ${prose(visible(sentence(most.reason)))})`}.`;
};

/** Where the failure of an attack stands on the page: `nginx-defaults-E3`. */
export const anchorOf = ({ stack }: Pick<MatrixRow, 'stack'>, attack: string): string => `${stack}-${attack}`;

const failure = (product: ShippedProduct, id: string): string => {
  const { row, report } = product;
  const attack = report.attacks.find((one) => one.id === id)!;
  const incident = clearest(report, id);
  const said = row.attacks.find((one) => one.id === id)?.explained ?? null;
  const broke = `${count(brokeOf(attack))} of ${count(attack.attempts)}`;
  // A comparison with the policy fails in both directions: what it forbids got through, or what it allows was turned away.
  const happened =
    attack.served + attack.withheld > 0
      ? `${broke} requests were decided otherwise than the policy says`
      : `${broke} attempts got through`;
  return [
    `<a id="${anchorOf(row, id)}"></a>`,
    '',
    `### ${attack.id}: ${prose(attack.title)}`,
    '',
    `**${happened}**${attack.critical ? ' (critical)' : ''}, as ${forms(attack)}.${silentText(attack)} What must happen: ${prose(attack.secure)}`,
    '',
    ...(incident === null
      ? []
      : [
          `One of them, at ${visible(incident.hop)}:`,
          '',
          block([visibleLines(incident.request.trimEnd()), ...seen(incident)].join('\n')),
          '',
        ]),
    `- What the documentation says: ${said === null ? '**nothing that explains it**.' : prose(said)}`,
    `- What to set instead: ${prose(incident?.remediation ?? attack.remediation)}`,
    '',
  ].join('\n');
};

const list = (attacks: MatrixRow['attacks']): string =>
  attacks.map(({ id, title }) => `${id} (${prose(title)})`).join(', ');

/** The section of a product: where its configuration is from, what got through, what did not, and what was not shown. */
export const productSection = (product: ShippedProduct): string => {
  const { row, report, sound, compiled } = product;
  const { defaults } = row;
  const failed = row.attacks.filter(({ verdict }) => verdict === 'fail');
  const refused = row.attacks.filter(({ verdict }) => verdict === 'pass');
  const unknown = unknownOf(row);
  const silent = Object.entries(row.notApplicable);
  return [
    `## ${headingOf(product)}`,
    '',
    `Configured as in [its own documentation](${defaults.page}); the files are under [\`fixtures/stacks/${row.stack}\`](../fixtures/stacks/${row.stack}). ` +
      `Verdict **${row.verdict}**, score ${report.score.letter} (${report.score.value} of 100), in run \`${report.run}\` of ${startedText(report.startedAt)}.`,
    '',
    ...(row.asExpected ? [] : [`> This run is not as expected: ${row.unexpected.map(prose).join('; ')}.`, '']),
    ...failed.map(({ id }) => failure(product, id)),
    ...(refused.length === 0 ? [] : [`Refused, as it should be: ${list(refused)}.`, '']),
    ...(unknown.length === 0
      ? []
      : [
          'Not shown:',
          '',
          ...unknown.map(
            ({ id, title, reason }) => `- ${id} (${prose(title)}): ${prose(visible(reason ?? 'unknown'))}`,
          ),
          '',
        ]),
    ...(silent.length === 0
      ? []
      : ['Does not apply:', '', ...silent.map(([id, reason]) => `- ${id}: ${prose(reason)}`), '']),
    ...(compiled === null
      ? []
      : [
          `All of it set, from one policy: \`npx holdfast up ${compiled} --render DIR\` writes this product's configuration as it stands in [\`${compiled}\`](../fixtures/stacks/${compiled}).` +
            (sound.length === 0
              ? ''
              : ` In the same matrix these held: ${sound.map(({ stack }) => `\`${stack}\``).join(', ')}.`),
          '',
        ]),
  ].join('\n');
};
