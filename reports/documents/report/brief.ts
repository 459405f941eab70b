import { brokeOf } from '../../../harness/model/index.ts';
import type { AttackReport, Incident, Report } from '../../../harness/model/index.ts';
import { items, list, numeric, section, table, text } from '../../document.ts';
import type { Block, Document, Fact, Item, Row } from '../../document.ts';
import { code, hot, joined, prose, quiet, strong, sub, toneOf, verdictBadge, warm } from '../../line.ts';
import {
  boundText,
  count,
  differenceText,
  firstPlace,
  millisText,
  outcomeText,
  perSecondText,
  runFacts,
  runVerdictMeaning,
  scopeNotes,
  secondsText,
  sensitivityText,
  sentence,
  shareText,
  tapTotals,
} from '../../text/index.ts';

const controls = (report: Report): Block =>
  table(
    ['Control', 'Verdict', 'Claim, and why it does not pass'],
    [
      ...report.controls.map(({ id, verdict, claim, reasons }) => [
        id,
        verdictBadge(verdict),
        [claim, ...reasons.map(sentence)].join(' – '),
      ]),
      ...(report.notClaimed.length === 0
        ? []
        : [[report.notClaimed.join(', '), 'not claimed', 'The report does not speak about these controls.']]),
    ],
    {
      short: [
        joined(
          report.controls.map(({ id, verdict }) => ({ kind: 'badge', tone: toneOf(verdict), text: id })),
          '   ',
        ),
        report.notClaimed.length === 0 ? '' : quiet(`   not claimed: ${report.notClaimed.join(', ')}`),
      ],
    },
  );

const incident = (each: Incident): Item => {
  const place = firstPlace(each);
  const difference = differenceText(each);
  const when = `${each.phases.join(', ')}, ${secondsText(each.firstMs)} to ${secondsText(each.lastMs)}`;
  return {
    tone: 'bad',
    line: [strong(each.attack), ' ', strong(each.variant), ' at ', code(each.hop), `: ${outcomeText(each)}, ${when}`],
    under: [
      ...(difference === null ? [] : [difference]),
      // A difference names the part of the policy itself.
      ...(difference !== null || place === null ? [] : [['See ', code(place)]]),
    ],
    more: [...(difference === null || place === null ? [] : [['See ', code(place)]]), prose(each.remediation)],
  };
};

const attackRow = (attack: AttackReport, doubt: boolean): Row => {
  const { id, title, critical, attempts, indeterminate, bound, bound95, verdict, reason } = attack;
  const broke = brokeOf(attack);
  return {
    calm: verdict === 'pass',
    cells: [
      id,
      [title, reason === null ? '' : sub(sentence(reason))],
      critical ? '●' : '',
      count(attempts),
      broke > 0 ? hot(count(broke)) : '0',
      ...(doubt ? [indeterminate > 0 ? warm(count(indeterminate)) : '0'] : []),
      boundText(bound95),
      shareText(bound),
      verdictBadge(verdict),
    ],
  };
};

const attacks = (report: Report): Block => {
  const doubt = report.attacks.some(({ indeterminate }) => indeterminate > 0);
  return table(
    [
      'Id',
      { head: 'Technique', cuts: true },
      { head: 'Crit', drops: 2 },
      numeric('Attempts'),
      numeric('Admitted'),
      ...(doubt ? [numeric('Indet.')] : []),
      numeric('95% bound'),
      numeric('Asked', { drops: 1 }),
      'Verdict',
    ],
    report.attacks.map((attack) => attackRow(attack, doubt)),
    { most: { terminal: 20, markdown: 200 }, rest: 'attacks', calm: 'attacks passed' },
  );
};

const load = ({ load: of, capacity }: Report): Block => {
  const drops = of.intended === 0 ? '' : ` (${shareText(of.dropped / of.intended)})`;
  const peak =
    capacity === null
      ? ''
      : `, peak ${perSecondText(capacity.peakPerSecond)} of a capacity of ${capacity.clamped ? 'at least ' : ''}${perSecondText(capacity.perSecond)}`;
  const latency = Object.entries(of.latencyMs).map(
    ([phase, { p50, p99 }]) => `${phase} ${millisText(p50)} / ${millisText(p99)}`,
  );
  return list([
    `${count(of.intended)} requests intended, ${count(of.sent)} sent, ${count(of.dropped)} dropped${drops}, ${count(of.failed)} failed, sent late p99 ${millisText(of.latenessP99Ms)}${peak}`,
    ...(latency.length === 0 ? [] : [`p50 / p99: ${latency.join(', ')}`]),
  ]);
};

const tap = ({ tap: links }: Report): string => {
  const all = tapTotals(links);
  return links.length === 0
    ? 'no link was captured'
    : `${count(all.packets)} packets on ${count(links.length)} links: ${count(all.cleartext)} in clear, ${count(all.unclassified)} unclassified, ${count(all.planted)} planted, ${count(all.dropped)} lost`;
};

/** A run in short: for a terminal, a pull request, the summary of a job. */
export const reportBrief = (report: Report): Document => {
  const { verdict, plan, stack, seed, partial, score } = report;
  const notes = scopeNotes({ ...report, notClaimed: [] });
  return {
    title: `${verdict}: ${plan} on ${stack}`,
    name: `run ${report.run}`,
    harness: report.harness,
    verdict: {
      word: verdict,
      tone: toneOf(verdict),
      score,
      about: `${plan} on ${stack}, seed ${seed}${partial ? ', PARTIAL' : ''}`,
      means: runVerdictMeaning(verdict),
    },
    why: [
      list(report.reasons.map(sentence), { most: { terminal: 3, markdown: 10 }, rest: 'reasons in the report' }),
      list(
        score.caps.map(({ letter, reason }) => `letter at most ${letter}: ${sentence(reason)}`),
        { most: { terminal: 1, markdown: 3 }, rest: 'caps of the letter in the report' },
      ),
    ],
    facts: runFacts(report) as readonly Fact[],
    blocks: [
      ...(report.incidents.length === 0
        ? []
        : [
            section('Incidents', [
              items(report.incidents.map(incident), {
                most: { terminal: 5, markdown: 30 },
                rest: 'incidents in the report',
              }),
            ]),
          ]),
      section('Controls', [controls(report)]),
      attacks(report),
      section('Load', [load(report)]),
      section('Tap', [text(tap(report))]),
      section('Sensitivity', [text(sensitivityText(report.sabotage))]),
      ...(notes.length === 0
        ? []
        : [section('Not claimed', [list(notes, { most: { terminal: 3, markdown: 100 }, rest: 'in the report' })])]),
    ],
  };
};
