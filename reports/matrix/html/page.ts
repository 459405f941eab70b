import { htmlDocument, markup, sign } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import type { Asset } from '../../formats/index.ts';
import type { Matrix } from '../schema.ts';
import { matrixFacts, matrixNotes, matrixVerdict, partsOf, stacksText, summaryOf, unexpectedLines } from '../text.ts';
import { budgetSection } from './budget.ts';
import { rowsTable } from './rows.ts';
import { waiversSection } from './waivers.ts';

const list = (texts: readonly string[]): Html | false =>
  texts.length > 0 && markup`<ul>${texts.map((text) => markup`<li>${text}</li>`)}</ul>`;

const header = (matrix: Matrix): Html => {
  const tone = matrix.asExpected ? 'good' : 'bad';
  return markup`<header>
<p class="brand"><b>Holdfast</b> <span>matrix ${matrix.matrix}</span></p>
<div class="verdict matrix-verdict ${tone}">
<h1>${sign(tone)}<span>${matrixVerdict(matrix)}</span></h1>
<div class="why">
${summaryOf(matrix).map((line) => markup`<p class="meaning">${line}</p>\n`)}${list(unexpectedLines(matrix))}
</div>
</div>
<dl class="facts matrix-facts">${matrixFacts(matrix).map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`;
};

/** The whole page, to be read without JavaScript. */
export const page = (matrix: Matrix, styles: readonly Asset[]): Html => {
  const { references, defaults } = partsOf(matrix);
  const notes = matrixNotes(matrix);
  return htmlDocument({
    title: `${matrixVerdict(matrix)}: ${matrix.plan} on ${stacksText(matrix)} – Holdfast`,
    styles,
    scripts: [],
    body: markup`${header(matrix)}
<main>
${references.length > 0 && rowsTable(matrix, references, { id: 'references', title: 'Reference stacks', note: 'Each is expected to hold.' })}
${defaults.length > 0 && rowsTable(matrix, defaults, { id: 'defaults', title: 'Products as they ship', note: 'Each is configured as its own getting-started page has it, and expected to be broken, by just the attacks that got through where it was measured.' })}
${budgetSection(matrix)}
${waiversSection(matrix)}
<section id="verify">
<h2>Verify it yourself</h2>
<p class="note">Each row is a whole run, with a signed proof of its own. With this folder at hand, and no network:</p>
<pre tabindex="0">npx holdfast verify FOLDER/${matrix.rows.find(({ run }) => run !== null)?.stack ?? 'STACK'}</pre>
${list(notes)}
</section>
</main>`,
  });
};
