/**
 * Many nights of the same plan and stack: verdicts, series, attacks night by night, incidents with their first and last night, what
 * changed in between, and where a series left its level, by a stated rule. Pure: it reads nights, and a gate for what is small.
 */
export type { AttackRow } from './attacks.ts';
export type { Change } from './changes.ts';
export type { IncidentSpan } from './incidents.ts';
export { levelMarks, levelRule } from './levels.ts';
export type { LevelMark } from './levels.ts';
export { measures } from './night.ts';
export type { Night, Unreadable } from './night.ts';
export { spreadOf } from './series.ts';
export type { Series } from './series.ts';
export { buildTrend } from './trend.ts';
export type { NightHead, Trend, TrendGroup } from './trend.ts';
