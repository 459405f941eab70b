import { writeFile } from 'node:fs/promises';
import { defaultsPage } from './defaults/index.ts';
import { page } from './html/index.ts';
import { renderMatrix } from './render.ts';
import { sampleProducts, soundMatrix, unsoundMatrix } from './sample.ts';

/** Each golden file that should stand in this folder: name → text. The styles stay out of them: they are files of their own. */
export const goldenMatrixFiles = async (): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  for (const [name, matrix] of Object.entries({ sound: soundMatrix, unsound: unsoundMatrix })) {
    files.set(`golden.${name}.html`, page(matrix, [{ text: '/* style */', sha256: 'golden' }]).text);
    files.set(`golden.${name}.md`, await renderMatrix(matrix, 'markdown'));
    files.set(`golden.${name}.txt`, await renderMatrix(matrix, 'terminal', { columns: 120 }));
  }
  files.set('golden.defaults.md', defaultsPage(unsoundMatrix, sampleProducts));
  return files;
};

// `node reports/matrix/golden.ts` writes them, after a change that is meant; the diff is then reviewed like code.
if (import.meta.main) {
  for (const [name, text] of await goldenMatrixFiles()) await writeFile(new URL(name, import.meta.url), text);
}
