import { tableOf as table } from '../../renderers/markdown/index.ts';
import { count, startedText } from '../../text/index.ts';
import type { Matrix } from '../schema.ts';
import { anchorOf, headingOf, productSection } from './product.ts';
import type { ShippedProduct } from './product.ts';
import { anchor, cell } from './prose.ts';

/** The command by which the page is made again; it stands in the page, and in the hint of the test that compares it. */
export const command = 'npx holdfast report MATRIX --format defaults --out docs/defaults.md';

const outcome = ({ row }: ShippedProduct, id: string): string => {
  if (id in row.notApplicable) return 'n/a';
  const attack = row.attacks.find((one) => one.id === id);
  if (attack === undefined) return '';
  if (attack.verdict === 'pass') return 'refused';
  return attack.verdict === 'unknown'
    ? '?'
    : `[**${count(attack.admitted)} of ${count(attack.attempts)}**](#${anchorOf(row, id)})`;
};

/** A row for each attack, a column for each product: what got through. */
const glance = (products: readonly ShippedProduct[]): string => {
  const attacks = new Map(products.flatMap(({ row }) => row.attacks.map(({ id, title }) => [id, title] as const)));
  const heading = (product: ShippedProduct): string => `[${cell(headingOf(product))}](#${anchor(headingOf(product))})`;
  return table(
    ['Attack', ...products.map(heading)],
    [...attacks].map(([id, title]) => [`${id} ${cell(title)}`, ...products.map((product) => outcome(product, id))]),
  );
};

const measured = (matrix: Matrix, products: readonly ShippedProduct[]): string => {
  const [first] = products;
  const attempts = products.reduce((sum, { row }) => sum + (row.requests?.attempts ?? 0), 0);
  const requests = products.reduce((sum, { row }) => sum + (row.requests?.intended ?? 0), 0);
  const machine = first?.report.machine;
  return (
    `Measured by Holdfast ${matrix.harness} in matrix \`${matrix.matrix}\`, begun ${startedText(matrix.startedAt)}, with the plan \`${matrix.plan}\` and the seed \`${matrix.seed}\`: ` +
    `${count(attempts)} attempts during ${count(requests)} legitimate requests` +
    (machine === undefined
      ? '.'
      : `, on ${count(machine.cpus)} processors, Linux ${machine.kernel}, Docker ${machine.engine}.`)
  );
};

/**
 * `docs/defaults.md`: what each product leaves open where it is set up as its getting-started page has it. Pure: the same matrix and
 * reports give the same bytes.
 */
export const defaultsPage = (matrix: Matrix, products: readonly ShippedProduct[]): string =>
  [
    `<!-- Generated from a measured matrix by: ${command}. Do not edit: change the stack, measure, generate. -->`,
    '',
    '# What defaults leave open',
    '',
    'Each product on this page was set up as its own getting-started page has it, put around the same three services, and attacked ' +
      'under load. None of this is a vulnerability of a product: it is what the first working configuration leaves for you to set, ' +
      'and what goes live where nobody does. An attempt counts as having got through only if the service behind the product saw it.',
    '',
    measured(matrix, products),
    '',
    '## At a glance',
    '',
    'Attempts that got through, of those that were made. `?`: not enough evidence; `n/a`: does not apply to that stack.',
    '',
    glance(products),
    '',
    ...products.map(productSection),
    '## Measure it yourself',
    '',
    "    npx holdfast run quick --stack '*-defaults' --out my-matrix",
    '    npx holdfast report my-matrix --format defaults',
    '',
    'Each product is a stack under [`fixtures/stacks`](../fixtures/stacks): an ordinary compose file with the configuration that is ' +
      'mounted into it. What Holdfast counts, and why, is in [words](words.md).',
    '',
  ].join('\n');
