/**
 * Overlays: a folder of files that replace or patch files of a stack's rendered configuration. It is how a user tries a change
 * before it ships, and how a sabotage weakens a stack; either way the report shows the difference.
 */
export { applyOverlay } from './apply.ts';
