import { markup, raw } from './markup.ts';
import type { Html } from './markup.ts';

/** A file that a page inlines: its text, and its SHA-256 in base64 for a content security policy. */
export type Asset = { readonly text: string; readonly sha256: string };

/** What a page is made of: its title and body, and the scripts and styles that it inlines. */
type Page = {
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

/** A whole page that needs nothing but itself. */
export const shell = (page: Page): Html => markup`<!doctype html>
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
