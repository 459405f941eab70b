import { markup } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import type { Matrix } from '../schema.ts';
import { budgetText, trimmedText } from '../trimmed.ts';

/** What the night's budget took away, stack by stack, and why. */
export const budgetSection = (matrix: Matrix): Html | false => {
  const budget = budgetText(matrix);
  const trimmed = matrix.rows.filter((row) => row.trimmed !== null);
  return (
    budget !== null &&
    markup`<section id="budget">
<h2>Budget</h2>
<p class="note">${budget}. ${trimmed.length === 0 ? 'Nothing was trimmed.' : 'A lighter plan proves less, and a stack that was left out is unknown, never a pass.'}</p>
${
  trimmed.length > 0 &&
  markup`<div class="scroll" tabindex="0"><table class="plain">
<thead><tr><th scope="col">Stack</th><th scope="col">Plan</th><th scope="col">Why</th></tr></thead>
<tbody>${trimmed.map((row) => markup`<tr><th scope="row"><a href="#${row.stack}">${row.stack}</a></th><td>${row.plan ?? 'none'}</td><td class="claim">${trimmedText(row)}</td></tr>`)}</tbody>
</table></div>
`
}</section>`
  );
};
