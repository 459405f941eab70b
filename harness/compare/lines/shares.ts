import { judged } from '../draft.ts';
import type { Conclusion } from '../draft.ts';
import { fisherExact } from '../statistics/fisher.ts';
import type { Share } from '../statistics/fisher.ts';

/** What was admitted on both sides: more of it or less, counted exactly; `alike` says what it means that the shares are equal. */
export const compareShares = (before: Share, after: Share, alike: string): Conclusion => {
  const [one, other] = [before, after].map(({ count, of }) => count / Math.max(1, of)) as [number, number];
  if (one === other) return judged('unchanged', alike);
  const p = fisherExact(before, after);
  return { test: 'fisher-exact', tested: { p, direction: other > one ? 'worse' : 'better', matters: true } };
};
