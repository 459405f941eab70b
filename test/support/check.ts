import * as stage from '../../harness/check/index.ts';
import type { Finding } from '../../harness/check/index.ts';
import { discoverKinds } from '../../harness/kinds/index.ts';
import { reasonCodes } from '../../harness/model/index.ts';
import type { HistoryRecord, Kinds, Reason, Report } from '../../harness/model/index.ts';
import { sentence } from '../../reports/text/index.ts';
import { withJournals } from './history.ts';

/** Every kind of the repository. */
export const kinds: Kinds = await discoverKinds();

/** The check with every kind; the journals of the replayed traffic are added where a history has none. */
export const check = (records: readonly HistoryRecord[]): Finding[] => stage.check(withJournals(records), kinds);

/** The report with every kind. */
export const buildReport = (records: readonly HistoryRecord[]): Report =>
  stage.buildReport(withJournals(records), kinds);

/** The same with sentences in the place of reasons, as a person reads them. */
export type Told<T> = T extends Reason
  ? string
  : T extends Reason | null
    ? string | null
    : T extends object
      ? { readonly [K in keyof T]: Told<T[K]> }
      : T;

const codes: ReadonlySet<unknown> = new Set(reasonCodes);

export const told = <T>(value: T): Told<T> => {
  if (typeof value !== 'object' || value === null) return value as Told<T>;
  if (Array.isArray(value)) return value.map(told) as Told<T>;
  const { code } = value as { code?: unknown };
  if ('data' in value && Object.keys(value).length === 2 && codes.has(code))
    return sentence(value as unknown as Reason) as Told<T>;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, told(one)])) as Told<T>;
};

export const checkTold = (records: readonly HistoryRecord[]): readonly Told<Finding>[] => check(records).map(told);

export const reportTold = (records: readonly HistoryRecord[]): Told<Report> => told(buildReport(records));
