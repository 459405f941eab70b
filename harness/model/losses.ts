/**
 * Whose losses are of the harness's own figures, and in older histories of what hides no admission: they are counted and said, and cost
 * nothing. No observer has such an id (harness/kinds/discover.ts).
 */
export const harnessLosses: ReadonlySet<string> = new Set(['load', 'clock', 'other']);
