import { markup } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';
import { count } from '../../text/index.ts';
import type { Matrix } from '../schema.ts';
import { sharedWaivers } from '../text.ts';

/** Parts of the policy that an enforcer is let off, each with its end. */
export const waiversSection = (matrix: Matrix): Html | false => {
  const waivers = sharedWaivers(matrix);
  return (
    waivers.length > 0 &&
    markup`<section id="waivers">
<h2>Waivers</h2>
<p class="note">What an enforcer cannot express, and the policy accepts for a time. After that day the policy no longer compiles for it. It explains requests that were decided otherwise than the policy says.</p>
<div class="scroll" tabindex="0"><table class="plain">
<thead><tr><th scope="col">Until</th><th scope="col">Enforcer</th><th scope="col">Part of the policy</th><th scope="col">Why</th><th scope="col" class="n">Explains</th><th scope="col">Stacks</th></tr></thead>
<tbody>${waivers.map(
      ({ expires, enforcer, part, reason, explained, stacks }) =>
        markup`<tr><th scope="row" class="day">${expires}</th><td>${enforcer}</td><td>${part}</td><td class="claim">${reason}</td><td class="n">${count(explained)}</td><td>${stacks.join(', ')}</td></tr>`,
    )}</tbody>
</table></div>
</section>`
  );
};
