import { list, note, numeric, section, table, text } from '../../document.ts';
import type { Block, Document, Fact } from '../../document.ts';
import { linkTo, strong } from '../../line.ts';
import type { Matrix } from '../../matrix/schema.ts';
import {
  matrixFacts,
  matrixNotes,
  matrixVerdict,
  partsOf,
  sharedWaivers,
  stacksText,
  summaryOf,
  unexpectedLines,
} from '../../matrix/text.ts';
import { budgetText, trimmedText } from '../../matrix/trimmed.ts';
import { count } from '../../text/index.ts';
import { rowsSection } from './rows.ts';

/** What the night's budget took away, stack by stack, and why. */
const budgetSection = (matrix: Matrix): readonly Block[] => {
  const budget = budgetText(matrix);
  const trimmed = matrix.rows.filter((row) => row.trimmed !== null);
  if (budget === null) return [];
  const means =
    trimmed.length === 0
      ? 'Nothing was trimmed.'
      : 'A lighter plan proves less, and a stack that was left out is unknown, never a pass.';
  const rows = trimmed.map((row) => [linkTo(row.stack, row.stack), row.plan ?? 'none', trimmedText(row) ?? '']);
  return [
    section(
      'Budget',
      [note(`${budget}. ${means}`), ...(rows.length === 0 ? [] : [table(['Stack', 'Plan', 'Why'], rows)])],
      {
        id: 'budget',
      },
    ),
  ];
};

/** Parts of the policy that an enforcer is let off, each with its end. */
const waiversSection = (matrix: Matrix): readonly Block[] => {
  const waivers = sharedWaivers(matrix);
  if (waivers.length === 0) return [];
  return [
    section(
      'Waivers',
      [
        note(
          'What an enforcer cannot express, and the policy accepts for a time. After that day the policy no longer compiles for it. It explains requests that were decided otherwise than the policy says.',
        ),
        table(
          ['Until', 'Enforcer', 'Part of the policy', 'Why', numeric('Explains'), 'Stacks'],
          waivers.map(({ expires, enforcer, part, reason, explained, stacks }) => [
            expires,
            enforcer,
            part,
            reason,
            count(explained),
            stacks.join(', '),
          ]),
        ),
      ],
      { id: 'waivers' },
    ),
  ];
};

/** What all documents of a matrix begin with. */
export const matrixHead = (matrix: Matrix): Pick<Document, 'title' | 'name' | 'harness' | 'verdict' | 'facts'> => ({
  title: `${matrixVerdict(matrix)}: ${matrix.plan} on ${stacksText(matrix)} – Holdfast`,
  name: `matrix ${matrix.matrix}`,
  harness: matrix.harness,
  verdict: {
    word: matrixVerdict(matrix),
    tone: matrix.asExpected ? 'good' : 'bad',
    about: `${matrix.plan} on ${stacksText(matrix)}, seed ${matrix.seed}`,
  },
  facts: matrixFacts(matrix) as readonly Fact[],
});

/** A matrix as a page. */
export const matrixPage = (matrix: Matrix): Document => {
  const { references, defaults } = partsOf(matrix);
  const notes = matrixNotes(matrix);
  const unexpected = unexpectedLines(matrix);
  return {
    ...matrixHead(matrix),
    why: [...summaryOf(matrix).map((line) => text(strong(line))), ...(unexpected.length > 0 ? [list(unexpected)] : [])],
    blocks: [
      ...(references.length === 0
        ? []
        : [
            rowsSection(matrix, references, {
              id: 'references',
              title: 'Reference stacks',
              about: 'Each is expected to hold.',
            }),
          ]),
      ...(defaults.length === 0
        ? []
        : [
            rowsSection(matrix, defaults, {
              id: 'defaults',
              title: 'Products as they ship',
              about:
                'Each is configured as its own getting-started page has it, and expected to be broken, by just the attacks that got through where it was measured.',
            }),
          ]),
      ...budgetSection(matrix),
      ...waiversSection(matrix),
      section(
        'Verify it yourself',
        [
          note('Each row is a whole run, with a signed proof of its own. With this folder at hand, and no network:'),
          {
            kind: 'code',
            text: `npx holdfast verify FOLDER/${matrix.rows.find(({ run }) => run !== null)?.stack ?? 'STACK'}`,
          },
          ...(notes.length === 0 ? [] : [list(notes)]),
        ],
        { id: 'verify' },
      ),
    ],
  };
};
