import type { Report } from '../../../harness/model/index.ts';
import {
  count,
  differenceText,
  firstPlace,
  millisText,
  outcomeText,
  perSecondText,
  runVerdictMeaning,
  scopeNotes,
  secondsText,
  sensitivityText,
  sentence,
  shareText,
  tapTotals,
  visible,
} from '../../text/index.ts';
import type { Format, RenderContext } from '../format.ts';
import { attackLines } from './attacks.ts';
import { wrap } from './columns.ts';
import { painter, signOf, styleOf } from './paint.ts';
import type { Paint } from './paint.ts';

const label = 'controls'.length + 5;
const indent = ' '.repeat(label);

const headline = (report: Report, paint: Paint): string => {
  const verdict = paint(`${signOf(report.verdict)} ${visible(report.verdict)}`, styleOf(report.verdict), 'bold');
  const score = `${paint(visible(report.score.letter), 'bold')} ${report.score.value}/100`;
  const what = `${visible(report.plan)} on ${visible(report.stack)}, seed ${visible(report.seed)}`;
  return `${verdict}  ${score}  ${what}${report.partial ? ', PARTIAL' : ''}`;
};

const capLines = (report: Report): readonly string[] =>
  report.score.caps
    .slice(0, mostReasons)
    .map((cap) => `at most ${visible(cap.letter)}: ${visible(sentence(cap.reason))}`);

const controlLine = (report: Report, paint: Paint): string => {
  const shown = report.controls.map((control) =>
    paint(`${signOf(control.verdict)} ${visible(control.id)}`, styleOf(control.verdict)),
  );
  const silent =
    report.notClaimed.length === 0 ? '' : paint(`   not claimed: ${report.notClaimed.map(visible).join(', ')}`, 'dim');
  return shown.join('   ') + silent;
};

const loadLines = (report: Report): readonly string[] => {
  const { load, capacity } = report;
  const drops = load.intended === 0 ? '' : ` (${shareText(load.dropped / load.intended)})`;
  const peak =
    capacity === null
      ? ''
      : `, peak ${perSecondText(capacity.peakPerSecond)} of a capacity of ${capacity.clamped ? 'at least ' : ''}${perSecondText(capacity.perSecond)}`;
  const latency = Object.entries(load.latencyMs).map(
    ([phase, at]) => `${visible(phase)} ${millisText(at.p50)} / ${millisText(at.p99)}`,
  );
  return [
    `${count(load.intended)} intended, ${count(load.dropped)} dropped${drops}, ${count(load.failed)} failed, sent late p99 ${millisText(load.latenessP99Ms)}${peak}`,
    `p50 / p99: ${latency.join(', ')}`,
  ];
};

const tapLine = (report: Report): string => {
  const all = tapTotals(report.tap);
  return report.tap.length === 0
    ? 'no link was captured'
    : `${count(all.packets)} packets on ${count(report.tap.length)} links: ${count(all.cleartext)} in clear, ${count(all.unclassified)} unclassified, ${count(all.planted)} planted, ${count(all.dropped)} lost`;
};

/** More reasons than this are left to the report. */
const mostReasons = 4;

/** More incidents than this are left to the report. */
const mostIncidents = 5;

const incidentLines = (report: Report, paint: Paint): readonly string[] => {
  const shown = report.incidents.slice(0, mostIncidents).flatMap((each) => {
    const at = `${visible(each.attack)} ${visible(each.variant)} at ${visible(each.hop)}`;
    const when = `${each.phases.map(visible).join(', ')}, ${secondsText(each.firstMs)} to ${secondsText(each.lastMs)}`;
    const difference = differenceText(each);
    const place = firstPlace(each);
    return [
      `${paint('✘', 'red')} ${at}: ${outcomeText(each)}, ${when}`,
      ...(difference === null ? [] : [`  ${visible(difference)}`]),
      // A difference names the part of the policy itself.
      ...(difference !== null || place === null ? [] : [`  see ${visible(place)}`]),
    ];
  });
  const left = report.incidents.length - mostIncidents;
  return left > 0 ? [...shown, `and ${count(left)} more in the report`] : shown;
};

const section = (name: string, texts: readonly string[], columns: number, paint: Paint): readonly string[] =>
  texts
    .flatMap((text) => wrap(text, columns - label, ''))
    .map((line, at) => (at === 0 ? paint(name.padEnd(label), 'dim') : indent) + line);

const render = (report: Report, { colour, columns }: RenderContext): string => {
  const paint = painter(colour);
  const put = (name: string, texts: readonly string[]): readonly string[] => section(name, texts, columns, paint);
  const why =
    report.reasons.length > 0
      ? report.reasons.map((reason) => visible(sentence(reason)))
      : [visible(runVerdictMeaning(report.verdict))];
  const notes = scopeNotes({ ...report, notClaimed: [] }).map(visible);
  return (
    [
      headline(report, paint),
      ...put('why', why.slice(0, mostReasons)),
      ...(report.score.caps.length === 0 ? [] : put('letter', capLines(report))),
      ...put('controls', [controlLine(report, paint)]),
      '',
      ...attackLines(report, paint, columns),
      '',
      ...(report.incidents.length === 0 ? [] : put('incidents', incidentLines(report, paint))),
      ...put('load', loadLines(report)),
      ...put('tap', [tapLine(report)]),
      ...put('sensitivity', [visible(sensitivityText(report.sabotage))]),
      ...(notes.length === 0 ? [] : put('mind', notes.slice(0, 3))),
    ].join('\n') + '\n'
  );
};

/** The scoreboard at the end of a run, for somebody in a hurry. */
export const format: Format = { id: 'terminal', extension: 'txt', mediaType: 'text/plain; charset=utf-8', render };
