import { reason } from '../harness/model/index.ts';
import type { Reason } from '../harness/model/index.ts';

/**
 * Files of version 1 as today's: their reasons and losses are sentences, which stand in the data of a code of their own. The only
 * place that knows version 1. Two of its sentences say what a comparison asks for: that an attack was left out, and why.
 */
type Fields = Readonly<Record<string, unknown>>;

const notApplicable = /^not applicable to ([^:]+): ([^]*)$/;
const narrowed = /^it was not run: the run was narrowed by --only ([^]*)$/;

const reasonOf = (sentence: unknown): Reason | unknown => {
  if (typeof sentence !== 'string') return sentence;
  const [, stack, why] = notApplicable.exec(sentence) ?? [];
  if (stack !== undefined && why !== undefined) return reason('not-applicable', { stack, why });
  const [, only] = narrowed.exec(sentence) ?? [];
  return only === undefined ? reason('said', { text: sentence }) : reason('narrowed', { only });
};

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const each = (list: unknown, change: (one: Fields) => Fields): unknown =>
  Array.isArray(list) ? list.map((one: unknown) => (isFields(one) ? change(one) : one)) : list;

const reasonsOf = (list: unknown): unknown => (Array.isArray(list) ? list.map(reasonOf) : list);

const withReason = (one: Fields): Fields => ({ ...one, reason: reasonOf(one['reason']) });

/** What a report and a posture of it have in common. */
const upgradePosture = (posture: Fields): Fields => {
  const { score, timeline } = posture;
  return {
    ...posture,
    reasons: reasonsOf(posture['reasons']),
    score: isFields(score) ? { ...score, caps: each(score['caps'], withReason) } : score,
    attacks: each(posture['attacks'], withReason),
    timeline: isFields(timeline) ? { ...timeline, operations: [] } : timeline,
  };
};

/** What a file says that it is. */
const is = (data: unknown, schema: string): data is Fields => isFields(data) && data['schema'] === schema;

/** A report of version 1 as one of version 2; anything else as it is. */
export const upgradeReport = (data: unknown): unknown => {
  if (!is(data, 'https://holdfast.dev/report/v1')) return data;
  const report = upgradePosture(data);
  return {
    ...report,
    schema: 'https://holdfast.dev/report/v2',
    controls: each(report['controls'], (one) => ({ ...one, reasons: reasonsOf(one['reasons']) })),
    attacks: each(report['attacks'], (one) => ({
      ...one,
      indeterminateReasons: isFields(one['indeterminateReasons'])
        ? Object.entries(one['indeterminateReasons']).map(([text, count]) => ({ reason: reasonOf(text), count }))
        : one['indeterminateReasons'],
    })),
    losses: each(report['losses'], ({ what, count, detail }) => ({
      observer: 'other',
      code: 'other',
      count,
      data: { what, detail },
    })),
  };
};

/** A baseline of version 1 as one of version 2; anything else as it is. */
export const upgradeBaseline = (data: unknown): unknown =>
  is(data, 'https://holdfast.dev/baseline/v1')
    ? {
        ...data,
        schema: 'https://holdfast.dev/baseline/v2',
        runs: each(data['runs'], (run) => ({
          ...run,
          posture: isFields(run['posture']) ? upgradePosture(run['posture']) : run['posture'],
        })),
      }
    : data;

/** A comparison of version 1 as one of version 2; anything else as it is. */
export const upgradeComparison = (data: unknown): unknown => {
  if (!is(data, 'https://holdfast.dev/comparison/v1')) return data;
  const side = (name: 'before' | 'after'): unknown => {
    const own = data[name];
    return isFields(own) && isFields(own['posture']) ? { ...own, posture: upgradePosture(own['posture']) } : own;
  };
  return { ...data, schema: 'https://holdfast.dev/comparison/v2', before: side('before'), after: side('after') };
};
