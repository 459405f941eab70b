/**
 * Which plan each stack is given: a rung of the ladder, 0 for the plan that was asked for, null for none. `costs`: what each rung takes,
 * in milliseconds, falling; `stacks`: how many are to be run, in the order of their importance; `leftMs`: the time there is.
 *
 * As many stacks as possible are run at all, the first ones; of these each in turn has the strongest plan that still leaves
 * time for the lightest on every one after it. So nothing is trimmed where everything fits, the last stacks are trimmed first,
 * and the sum of what was chosen is never more than the time. Pure.
 */
export const trim = (
  costs: readonly [number, ...number[]],
  stacks: number,
  leftMs: number,
): readonly (number | null)[] => {
  const lightest = costs.at(-1)!;
  const chosen: (number | null)[] = [];
  let left = leftMs;
  let run = 0;
  while (run < stacks && (run + 1) * lightest <= leftMs) run += 1;
  for (let at = 0; at < stacks; at++) {
    if (at >= run) {
      chosen.push(null);
      continue;
    }
    const after = (run - at - 1) * lightest;
    // Where sums of fractions disagree in their last digit the lightest is right: it was counted above.
    const found = costs.findIndex((cost) => cost + after <= left);
    const rung = found === -1 ? costs.length - 1 : found;
    chosen.push(rung);
    left -= costs[rung]!;
  }
  return chosen;
};
