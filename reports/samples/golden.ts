import { writeFile } from 'node:fs/promises';
import { renderComparison } from '../comparison/index.ts';
import { betterComparison, quietComparison, unlikeComparison, worseComparison } from '../comparison/sample.ts';
import { discoverFormats } from '../discover.ts';
import type { Document } from '../document.ts';
import { comparisonPage } from '../documents/comparison/index.ts';
import { matrixPage } from '../documents/matrix/index.ts';
import { trendPage } from '../documents/trend/index.ts';
import { defaultsPage } from '../matrix/defaults/index.ts';
import { renderMatrix } from '../matrix/index.ts';
import { sampleProducts, soundMatrix, unsoundMatrix } from '../matrix/sample.ts';
import { htmlPage, pageAssets } from '../renderers/html/index.ts';
import { renderTrend } from '../trend/index.ts';
import { firstTrend, sampleTrend } from '../trend/sample.ts';
import { brokenReport } from './broken.ts';
import { soundReport } from './sound.ts';

/** Styles and scripts stay out of the golden files: they are files of their own. */
const assets = Object.fromEntries(
  Object.entries(pageAssets).map(([name, path]) => [name, { text: `/* ${path} */`, sha256: 'golden' }]),
);
const page = (document: Document): string => htmlPage(document, assets);

/** Each golden file that should stand below `reports`: path → text. */
export const goldenFiles = async (): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  for (const [name, report] of Object.entries({ sound: soundReport, broken: brokenReport }))
    for (const format of (await discoverFormats()).values()) {
      const bytes = format.render(report, { assets, colour: false, columns: 100, baseline: null });
      files.set(
        `formats/${format.id}/golden.${name}.${format.extension}`,
        typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes),
      );
    }
  for (const [name, matrix] of Object.entries({ sound: soundMatrix, unsound: unsoundMatrix })) {
    files.set(`matrix/golden.${name}.html`, page(matrixPage(matrix)));
    files.set(`matrix/golden.${name}.md`, await renderMatrix(matrix, 'markdown'));
    files.set(`matrix/golden.${name}.txt`, await renderMatrix(matrix, 'terminal', { columns: 120 }));
  }
  files.set('matrix/golden.defaults.md', defaultsPage(unsoundMatrix, sampleProducts));
  const comparisons = {
    quiet: quietComparison,
    worse: worseComparison,
    better: betterComparison,
    unlike: unlikeComparison,
  };
  for (const [name, comparison] of Object.entries(comparisons)) {
    if (name !== 'better') files.set(`comparison/golden.${name}.html`, page(comparisonPage(comparison)));
    files.set(`comparison/golden.${name}.md`, await renderComparison(comparison, 'markdown'));
    files.set(`comparison/golden.${name}.txt`, await renderComparison(comparison, 'terminal'));
  }
  for (const [name, trend] of Object.entries({ first: firstTrend, weeks: sampleTrend })) {
    files.set(`trend/golden.${name}.html`, page(trendPage(trend, '')));
    files.set(`trend/golden.${name}.txt`, await renderTrend(trend, 'terminal'));
  }
  return files;
};

// `npm run golden` writes them, after a change that is meant; the diff is then reviewed like code.
if (import.meta.main) {
  for (const [path, text] of await goldenFiles()) await writeFile(new URL(`../${path}`, import.meta.url), text);
}
