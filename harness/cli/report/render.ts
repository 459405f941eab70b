import { discoverFormats, readRunReport, renderReport } from '../../../reports/index.ts';
import { defaultsPage, readProducts } from '../../../reports/matrix/defaults/index.ts';
import { readMatrix, renderMatrix } from '../../../reports/matrix/index.ts';
import { discoverStacks } from '../../declare/stack/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Posture } from '../../model/index.ts';
import { resolveSide } from '../compare/index.ts';
import type { Progress } from '../index.ts';

type Terminal = { readonly colour: boolean; readonly columns: number };

/** What to compare with: a name, a run or a file, and the folder of the named ones. */
type Baseline = { readonly named: string; readonly folder: string };

/**
 * A run or a matrix in each of some formats, in their order. `terminal`: what the reader of stdout sees. Throws `usage` where there
 * is no such format, or a baseline is named that none of them shows.
 */
export const renderFolder = async (
  folder: string,
  formats: readonly string[],
  {
    terminal,
    baseline,
    progress,
  }: { readonly terminal: Terminal; readonly baseline: Baseline | null; readonly progress: Progress },
): Promise<readonly (string | Uint8Array)[]> => {
  const matrix = await readMatrix(folder);
  if (baseline !== null) await needsComparing(matrix === null ? formats : []);
  if (matrix !== null)
    return Promise.all(
      formats.map(async (format) =>
        format === 'defaults'
          ? defaultsPage(matrix, await readProducts(folder, matrix, discoverStacks()))
          : renderMatrix(matrix, format, terminal),
      ),
    );
  const report = await readRunReport(folder);
  const context = { ...terminal, baseline: baseline === null ? null : await postureOf(baseline, progress) };
  return Promise.all(formats.map((format) => renderReport(report, format, context)));
};

/** A baseline that no format shows would be a flag without effect. */
const needsComparing = async (formats: readonly string[]): Promise<void> => {
  const all = await discoverFormats();
  if (formats.some((format) => all.get(format)?.compares === true)) return;
  const able = [...all.values()].filter(({ compares }) => compares === true).map(({ id }) => id);
  throw new HoldfastError('usage', `expected --baseline with a run and the format ${able.join(' or ')}`, {
    hint: 'what changed since a baseline, in any format: holdfast compare BASELINE RUN',
  });
};

/** The newest run of a baseline. */
const postureOf = async ({ named, folder }: Baseline, progress: Progress): Promise<Posture> => {
  const side = await resolveSide(named, folder, progress);
  const newest = side.kind === 'runs' ? side.postures.at(-1) : undefined;
  if (newest !== undefined) return newest;
  throw new HoldfastError('usage', `expected a run or a baseline to compare with, found the matrix "${named}"`, {
    hint: "name the folder of one of the matrix's runs",
  });
};
