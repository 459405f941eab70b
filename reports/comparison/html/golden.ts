import { quietComparison, unlikeComparison, worseComparison } from '../sample.ts';
import { page, pageAssets } from './page.ts';

const samples = { quiet: quietComparison, worse: worseComparison, unlike: unlikeComparison };

/**
 * Each golden page that should stand in this folder: name → text. Styles and scripts stay out of them: they are files of their own.
 * `../golden.ts` writes them with the others.
 */
export const goldenPages = (): ReadonlyMap<string, string> => {
  const assets = Object.fromEntries(
    Object.entries(pageAssets).map(([name, path]) => [name, { text: `/* ${path} */`, sha256: 'golden' }]),
  );
  return new Map(Object.entries(samples).map(([name, sample]) => [`golden.${name}.html`, page(sample, assets).text]));
};
