import type { Posture } from '../../model/index.ts';
import { judged } from '../draft.ts';
import type { Draft } from '../draft.ts';

/** How tight a pass is: a line for each attack that both sides have a bound of. It is evidence about the proof, not about the stack. */
export const boundLines = (before: Posture, after: Posture): Draft[] =>
  after.attacks.flatMap((b): Draft[] => {
    const a = before.attacks.find(({ id }) => id === b.id);
    if (a === undefined || a.bound95 === null || b.bound95 === null) return [];
    const line = {
      id: `bound ${b.id}`,
      group: 'bounds' as const,
      title: `Largest admitted share that is left open: ${b.title}`,
      critical: b.critical,
      unit: 'share' as const,
      before: { value: a.bound95 },
      after: { value: b.bound95 },
    };
    if (a.bound !== b.bound) {
      return [{ ...line, ...judged('not comparable', `the plans ask for other bounds, ${a.bound} and ${b.bound}`) }];
    }
    const [met, meets] = [a.bound95 <= a.bound, b.bound95 <= b.bound];
    if (a.bound95 === b.bound95) return [{ ...line, ...judged('unchanged', 'the same on both sides') }];
    if (met === meets) {
      return [
        {
          ...line,
          ...judged('noise', met ? `both are within ${b.bound}, as asked` : `neither is within ${b.bound}, as asked`),
        },
      ];
    }
    return [
      {
        ...line,
        ...judged(
          'not comparable',
          `${met ? 'after' : 'before'} is not within ${b.bound}, as asked: see attack ${b.id}`,
        ),
      },
    ];
  });
