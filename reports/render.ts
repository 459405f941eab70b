import { HoldfastError } from '../harness/model/index.ts';
import type { Posture, Report } from '../harness/model/index.ts';
import { readAssets } from './assets.ts';
import { discoverFormats } from './discover.ts';

/**
 * A report in the format of that id. `colour` and `columns` matter to formats for a terminal only, `baseline` to those that compare.
 * Throws `usage` where there is no such format.
 */
export const renderReport = async (
  report: Report,
  id: string,
  context: { readonly colour?: boolean; readonly columns?: number; readonly baseline?: Posture | null } = {},
): Promise<string | Uint8Array> => {
  const formats = await discoverFormats();
  const format = formats.get(id);
  if (format === undefined)
    throw new HoldfastError('usage', `expected a format of ${[...formats.keys()].join(', ')}, got "${id}"`, {
      hint: 'holdfast report RUN --format html',
    });
  return format.render(report, {
    assets: await readAssets(format.assets ?? {}),
    colour: context.colour ?? false,
    columns: context.columns ?? 100,
    baseline: context.baseline ?? null,
  });
};
