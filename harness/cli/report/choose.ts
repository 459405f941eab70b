import { statSync } from 'node:fs';
import { join } from 'node:path';
import { discoverFormats } from '../../../reports/index.ts';
import { HoldfastError } from '../../model/index.ts';

/** A format that was asked for, and the file that it goes to; null: stdout. */
export type Output = { readonly format: string; readonly file: string | null };

type Asked = { readonly formats: readonly string[]; readonly out: string | undefined };

/**
 * What is to be written. Without a format: the one that fits the file's name, or the one for a terminal. Several go to a folder, as
 * `report.<extension>`. Throws `usage` where no format fits, or where several have no folder to go to.
 */
export const chooseOutputs = async ({ formats, out }: Asked): Promise<readonly Output[]> => {
  if (out === undefined) {
    if (formats.length <= 1) return [{ format: formats[0] ?? 'terminal', file: null }];
    throw new HoldfastError('usage', `expected one format on stdout, got ${formats.join(', ')}`, {
      hint: 'name a folder for several: --out report/',
    });
  }
  const intoFolder = /[/\\]$/.test(out) || statSync(out, { throwIfNoEntry: false })?.isDirectory() === true;
  if (intoFolder && formats.length > 0)
    return Promise.all([...new Set(formats)].map((format) => inFolder(out, format)));
  if (intoFolder || formats.length > 1)
    throw new HoldfastError(
      'usage',
      intoFolder
        ? `expected a format for the folder "${out}", got none`
        : `expected a folder for several formats, got the file "${out}"`,
      { hint: 'holdfast report RUN --format html --format junit --out report/' },
    );
  return [{ format: formats[0] ?? (await fitting(out)), file: out }];
};

const inFolder = async (folder: string, format: string): Promise<Output> => {
  const extension =
    (await discoverFormats()).get(format)?.extension ?? (format === 'defaults' ? 'defaults.md' : format);
  return { format, file: join(folder, `report.${extension}`) };
};

/** The format that writes files of this name: that with the longest extension that fits, `oscal.json` before `json`. */
const fitting = async (file: string): Promise<string> => {
  const formats = [...(await discoverFormats()).values()];
  const [fit] = formats
    .filter(({ extension }) => file.endsWith(`.${extension}`))
    .toSorted((a, b) => b.extension.length - a.extension.length);
  if (fit !== undefined) return fit.id;
  throw new HoldfastError(
    'usage',
    `expected a file that ends in ${formats.map(({ extension }) => `.${extension}`).join(', ')}, got "${file}"`,
    { hint: 'name the format: --format html' },
  );
};
