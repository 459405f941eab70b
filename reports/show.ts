import { HoldfastError } from '../harness/model/index.ts';
import { readAssets } from './assets.ts';
import type { Document } from './document.ts';
import { htmlPage, pageAssets } from './renderers/html/index.ts';
import { markdown } from './renderers/markdown/index.ts';
import { terminal } from './renderers/terminal/index.ts';

/** What matters to a terminal: `verbose` shows what is folded as well. */
export type ShowOptions = { readonly colour?: boolean; readonly columns?: number; readonly verbose?: boolean };

/** A way to show something: a document in the renderer of that name, or text as it stands. */
type Views = {
  readonly html?: () => Document;
  readonly json: () => string;
  readonly markdown?: () => Document;
  readonly terminal: () => Document;
};

/** One of the views as text. Throws `usage` where there is no such format; `hint` names one that there is. */
export const show = async (
  views: Views,
  format: string,
  { colour = false, columns = 100, verbose = false }: ShowOptions,
  hint: string,
): Promise<string> => {
  if (format === 'json') return views.json();
  if (format === 'html' && views.html !== undefined) return htmlPage(views.html(), await readAssets(pageAssets));
  if (format === 'markdown' && views.markdown !== undefined) return markdown(views.markdown());
  if (format === 'terminal') return terminal(views.terminal(), { colour, columns, verbose });
  throw new HoldfastError('usage', `expected a format of ${Object.keys(views).join(', ')}, got "${format}"`, { hint });
};
