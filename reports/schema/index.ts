/** What Holdfast writes, as schemas: for reading it back, and for whoever reads it elsewhere. */
export { baselineName, baselineSchema } from './baseline.ts';
export { comparisonSchema } from './comparison.ts';
export { postureSchema } from './posture.ts';
export { reportSchema } from './report.ts';
export { trendSchema } from './trend.ts';
export { schemaFiles } from './generate.ts';
