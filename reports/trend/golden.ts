import { writeFile } from 'node:fs/promises';
import { trendAssets, trendPage } from './html/index.ts';
import { renderTrend } from './render.ts';
import { firstTrend, sampleTrend } from './sample.ts';

/** Each golden file that should stand in this folder: name → text. The styles stay out of them: they are files of their own. */
export const goldenTrendFiles = async (): Promise<ReadonlyMap<string, string>> => {
  const assets = Object.fromEntries(
    Object.entries(trendAssets).map(([name, path]) => [name, { text: `/* ${path} */`, sha256: 'golden' }]),
  );
  const files = new Map<string, string>();
  for (const [name, trend] of Object.entries({ first: firstTrend, weeks: sampleTrend })) {
    files.set(`golden.${name}.html`, trendPage(trend, assets, '').text);
    files.set(`golden.${name}.txt`, await renderTrend(trend, 'terminal', { columns: 100 }));
  }
  return files;
};

// `node reports/trend/golden.ts` writes them, after a change that is meant; the diff is then reviewed like code.
if (import.meta.main) {
  for (const [name, text] of await goldenTrendFiles()) await writeFile(new URL(name, import.meta.url), text);
}
