/**
 * What came out of a run, shown to people and machines: discovers the formats, reads their assets, and reads a report back
 * from a run's folder. The effects are here; the formats themselves are pure.
 */
export { discoverFormats } from './discover.ts';
export { renderReport } from './render.ts';
export { parseReport, readRunReport } from './read.ts';
export type { Format, RenderContext } from './formats/index.ts';
