/** Cases and suites as JUnit has them, for other documents than that of one report. */
export { caseXml } from './case.ts';
export type { Case, Outcome } from './case.ts';
export { element } from './xml.ts';
