import * as stage from '../../harness/check/index.ts';
import type { Finding } from '../../harness/check/index.ts';
import { discoverKinds } from '../../harness/kinds/index.ts';
import type { HistoryRecord, Kinds, Report } from '../../harness/model/index.ts';

/** Every kind of the repository. */
export const kinds: Kinds = await discoverKinds();

/** The check with every kind. */
export const check = (records: readonly HistoryRecord[]): Finding[] => stage.check(records, kinds);

/** The report with every kind. */
export const buildReport = (records: readonly HistoryRecord[]): Report => stage.buildReport(records, kinds);
