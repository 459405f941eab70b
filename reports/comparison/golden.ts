import { writeFile } from 'node:fs/promises';
import { goldenPages } from './html/golden.ts';
import { renderComparison } from './render.ts';
import { betterComparison, quietComparison, unlikeComparison, worseComparison } from './sample.ts';

const samples = {
  quiet: quietComparison,
  worse: worseComparison,
  better: betterComparison,
  unlike: unlikeComparison,
};

/** Each golden file that should stand in this folder, those of the page below `html`: name → text. */
export const goldenComparisonFiles = async (): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  for (const [name, comparison] of Object.entries(samples)) {
    files.set(`golden.${name}.md`, await renderComparison(comparison, 'markdown'));
    files.set(`golden.${name}.txt`, await renderComparison(comparison, 'terminal', { columns: 100 }));
  }
  for (const [name, text] of goldenPages()) files.set(`html/${name}`, text);
  return files;
};

// `node reports/comparison/golden.ts` writes them, after a change that is meant; the diff is then reviewed like code.
if (import.meta.main) {
  for (const [name, text] of await goldenComparisonFiles()) await writeFile(new URL(name, import.meta.url), text);
}
