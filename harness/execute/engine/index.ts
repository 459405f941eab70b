/**
 * The Docker engine and what stands in it: set up where it is missing, images pulled or built, and everything that a run
 * starts taken down again, by the harness itself or by its watchdog.
 */
export { cacheFolder } from './cache.ts';
export { docker, socketPath } from './client.ts';
export { stopDaemon } from './daemon.ts';
export { ensureEngine, pingEngine } from './engine.ts';
export { ensureImages, imageNames, inspectImage, readRecipe } from './image/index.ts';
export { labels, recipeLabel, roleLabel, runLabel, sourceLabel } from './labels.ts';
export type { Engine } from './engine.ts';
export type { Image, Recipe } from './image/index.ts';
export type { Progress } from './progress.ts';
