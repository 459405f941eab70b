import type { Report } from '../../../harness/model/index.ts';
import type { Asset } from '../format.ts';
import { attacksSection } from './attacks.ts';
import { controlsSection } from './controls.ts';
import { htmlDocument, needAssets } from './document.ts';
import { headerSection } from './header.ts';
import { incidentsSection } from './incidents.ts';
import { loadSection } from './load.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';
import { provenanceSection } from './provenance.ts';
import { scopeSection } from './scope.ts';
import { sensitivitySection } from './sensitivity.ts';
import { tapSection } from './tap.ts';
import { timelineSection } from './timeline.ts';

/** The whole page. Everything but the chart is readable without JavaScript. */
export const page = (report: Report, assets: Readonly<Record<string, Asset>>): Html =>
  htmlDocument({
    title: `${report.verdict}: ${report.plan} on ${report.stack} – Holdfast`,
    styles: needAssets(assets, ['uplotStyle', 'style']),
    scripts: needAssets(assets, ['uplot', 'plot', 'chart', 'open']),
    body: markup`<a class="skip" href="#controls">Skip to the controls</a>
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
</main>`,
  });
