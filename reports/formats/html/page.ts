import type { Report } from '../../../harness/model/index.ts';
import { visible } from '../../text/index.ts';
import type { Asset } from '../format.ts';
import { attacksSection } from './attacks.ts';
import { controlsSection } from './controls.ts';
import { headerSection } from './header.ts';
import { incidentsSection } from './incidents.ts';
import { loadSection } from './load.ts';
import { markup, raw } from './markup.ts';
import type { Html } from './markup.ts';
import { provenanceSection } from './provenance.ts';
import { scopeSection } from './scope.ts';
import { sensitivitySection } from './sensitivity.ts';
import { tapSection } from './tap.ts';
import { timelineSection } from './timeline.ts';

const scripts = ['uplot', 'chart', 'open'] as const;
const styles = ['uplotStyle', 'style'] as const;

const need = (assets: Readonly<Record<string, Asset>>, name: string): Asset => {
  const asset = assets[name];
  if (asset === undefined) throw new Error(`the caller did not give the asset ${name}`);
  return asset;
};

/** Nothing may be fetched or sent, and only the scripts and styles whose digests are named may act. */
const securityPolicy = (assets: Readonly<Record<string, Asset>>): string => {
  const hashes = (names: readonly string[]): string =>
    names.map((name) => `'sha256-${need(assets, name).sha256}'`).join(' ');
  return `default-src 'none'; script-src ${hashes(scripts)}; style-src ${hashes(styles)}; base-uri 'none'; form-action 'none'`;
};

/** The whole page. Everything but the chart is readable without JavaScript. */
export const page = (report: Report, assets: Readonly<Record<string, Asset>>): Html => markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${securityPolicy(assets)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${report.verdict}: ${visible(report.plan)} on ${visible(report.stack)} – Holdfast</title>
${styles.map((name) => markup`<style>${raw(need(assets, name).text)}</style>\n`)}</head>
<body>
<a class="skip" href="#controls">Skip to the controls</a>
${headerSection(report)}
<main>
${controlsSection(report)}
${incidentsSection(report)}
${attacksSection(report)}
${timelineSection(report)}
${loadSection(report)}
${tapSection(report)}
${sensitivitySection(report)}
${scopeSection(report)}
${provenanceSection(report)}
</main>
${scripts.map((name) => markup`<script>${raw(need(assets, name).text)}</script>\n`)}</body>
</html>
`;
