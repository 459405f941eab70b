import type { Asset } from '../format.ts';
import { markup, raw } from './markup.ts';
import type { Html } from './markup.ts';

/** What a page is made of: its title and body, and the scripts and styles that it inlines. */
export type Page = {
  readonly title: string;
  readonly body: Html;
  readonly styles: readonly Asset[];
  /** Run in this order, at the end of the body. */
  readonly scripts: readonly Asset[];
};

/** Nothing may be fetched or sent, and only the scripts and styles whose digests are named may act. */
const securityPolicy = ({ scripts, styles }: Page): string => {
  const hashes = (assets: readonly Asset[]): string => assets.map(({ sha256 }) => `'sha256-${sha256}'`).join(' ');
  const script = scripts.length === 0 ? '' : `script-src ${hashes(scripts)}; `;
  return `default-src 'none'; ${script}style-src ${hashes(styles)}; base-uri 'none'; form-action 'none'`;
};

/** Assets by their names, in order. Throws where the caller did not give one. */
export const needAssets = (assets: Readonly<Record<string, Asset>>, names: readonly string[]): readonly Asset[] =>
  names.map((name) => {
    const asset = assets[name];
    if (asset === undefined) throw new Error(`the caller did not give the asset ${name}`);
    return asset;
  });

/** A whole page that needs nothing but itself. */
export const htmlDocument = (page: Page): Html => markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${securityPolicy(page)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${page.title}</title>
${page.styles.map(({ text }) => markup`<style>${raw(text)}</style>\n`)}</head>
<body>
${page.body}
${page.scripts.map(({ text }) => markup`<script>${raw(text)}</script>\n`)}</body>
</html>
`;
