/** Images: one name and version each, two sources (pulled or built), cached by a digest of the recipe. */
export { loadArchive, recipesKey, saveArchive } from './archive.ts';
export { ensureImages, inspectImage } from './ensure.ts';
export { imageNames, readRecipe } from './recipe.ts';
export { openRegistry } from './registry.ts';
export type { Image, ImageSeam } from './ensure.ts';
export type { Recipe } from './recipe.ts';
export type { Registry } from './registry.ts';
