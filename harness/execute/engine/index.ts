/**
 * The Docker engine and what stands in it: set up where it is missing, images pulled or built, and everything that a run
 * starts taken down again, by the harness itself or by its watchdog.
 */
export { cacheFolder } from './cache.ts';
export { docker, socketPath } from './client.ts';
export { daemonLog, stopDaemon } from './daemon.ts';
export { ensureEngine, pingEngine } from './engine.ts';
export { findHeld, forgetHeld, markHeld } from './held.ts';
export type { HeldMark } from './held.ts';
export { thisHost } from './host.ts';
export {
  ensureImages,
  imageNames,
  inspectImage,
  loadArchive,
  openRegistry,
  readRecipe,
  recipesKey,
  saveArchive,
} from './image/index.ts';
export { labels, recipeLabel, roleLabel, runLabel, sourceLabel } from './labels.ts';
export { freeSubnets, pickSubnets } from './networks.ts';
export { removeRun } from './remove.ts';
export { findRuns, removeImages, removeWatchdog } from './runs.ts';
export { makeScratch, removeLeftFolders } from './scratch.ts';
export { probeTool, toolNames } from './tools.ts';
export { startWatchdog } from './watchdog/start.ts';
export type { Engine } from './engine.ts';
export type { Image, Recipe } from './image/index.ts';
export type { Progress } from './progress.ts';
export type { FoundRun } from './runs.ts';
export type { Subnets } from './networks.ts';
export type { ToolName } from './tools.ts';
export type { Watchdog } from './watchdog/start.ts';
