import { harnessLosses, reason } from '../model/index.ts';
import type { Kinds, LossRecord, Reason, Report } from '../model/index.ts';
import { visible } from './excerpt.ts';
import { faultsOfJournals } from './deaf.ts';
import type { Gathered } from './gather.ts';

/**
 * What a loss leaves open, as its observer says; of the harness's own figures nothing. What no observer owns to might have hidden
 * anything, and so might what only its own check can say, where it has none.
 */
const decides = ({ observer, code }: LossRecord, { observers, checks }: Kinds): 'all' | 'own' | 'none' => {
  const kind = observers.get(observer);
  if (kind === undefined) return harnessLosses.has(observer) ? 'none' : 'all';
  const said = Object.hasOwn(kind.losses, code) ? kind.losses[code]! : 'all';
  return said === 'own' && !checks.has(observer) ? 'all' : said;
};

/** What was lost, as the report lists it. */
export const reportLosses = ({ losses, strangers }: Gathered): Report['losses'] => {
  const known = losses.map(({ observer, code, count, data }) => ({ observer, code, count, data: shown(data) }));
  const first = strangers[0];
  if (first === undefined) return known;
  const { of, seq, service, method, path, atMs } = first;
  const data = shown({ of, seq, method, path, service, atMs });
  return [...known, { observer: 'witness', code: 'strangers', count: strangers.length, data }];
};

/** Text from the wire as it may stand in a report. */
const shown = (data: LossRecord['data']): LossRecord['data'] =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? visible(value) : value]),
  );

/** Why what was lost, or cannot be judged, leaves the run's verdict open; empty where they do not. What costs an attack its verdict is its own check's to say. */
export const faultsOfLosses = (view: Gathered, kinds: Kinds): readonly Reason[] => {
  const { losses, strangers, unknown } = view;
  const lost = losses.filter((loss) => loss.count > 0 && decides(loss, kinds) === 'all');
  return [
    ...lost.map(({ observer, code, count, data }) =>
      reason('evidence-lost', { observer, code, count, data: shown(data) }),
    ),
    ...faultsOfJournals(view),
    ...(strangers.length > 0 ? [reason('strangers', { requests: strangers.length })] : []),
    ...unknown.map((one) => reason('unknown-kind', one)),
  ];
};
