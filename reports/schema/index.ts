/** The report as a schema: for reading reports back, and for whoever reads them elsewhere. */
export { reportSchema } from './report.ts';
export type { ReportData } from './report.ts';
export { schemaFiles } from './generate.ts';
