import { writeFile } from 'node:fs/promises';
import type { Asset } from '../formats/index.ts';
import { discoverFormats } from '../discover.ts';
import { loadAssets } from '../render.ts';
import { brokenReport } from './broken.ts';
import { soundReport } from './sound.ts';

const samples = { sound: soundReport, broken: brokenReport };

/** Code of packages stays out of the golden files: what they fix is how a report is shown, not the version of a library. */
const withoutPackages = (
  assets: Readonly<Record<string, Asset>>,
  paths: Readonly<Record<string, string>>,
): Readonly<Record<string, Asset>> =>
  Object.fromEntries(
    Object.entries(assets).map(([name, asset]) => [
      name,
      paths[name]?.startsWith('./') ? asset : { text: `/* ${paths[name]} */`, sha256: 'golden' },
    ]),
  );

/** Each golden file that should stand beside the formats: path from `reports/formats` → bytes. */
export const goldenFiles = async (): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  for (const format of (await discoverFormats()).values()) {
    const assets = withoutPackages(await loadAssets(format), format.assets ?? {});
    for (const [name, report] of Object.entries(samples)) {
      const bytes = format.render(report, { assets, colour: false, columns: 100, baseline: null });
      files.set(
        `${format.id}/golden.${name}.${format.extension}`,
        typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes),
      );
    }
  }
  return files;
};

// `node reports/samples/golden.ts` writes them, after a change that is meant; the diff is then reviewed like code.
if (import.meta.main) {
  for (const [path, text] of await goldenFiles()) await writeFile(new URL(`../formats/${path}`, import.meta.url), text);
}
