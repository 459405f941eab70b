/** What makes text of a run harmless in GitHub's Markdown, for other pages than the report. */
export { code, escape, escapeInTag } from './escape.ts';
export { signOf, table } from './table.ts';
