import type { Report, Timeline } from '../../harness/model/index.ts';
import { count, millisText, perSecondText, secondsText, startedText } from './numbers.ts';

/** What was run, as name and value, in the order in which a reader asks. */
export const runFacts = (report: Report): readonly (readonly [name: string, value: string])[] => {
  const attempts = report.attacks.reduce((sum, attack) => sum + attack.attempts, 0);
  const admitted = report.attacks.reduce((sum, attack) => sum + attack.admitted, 0);
  const withheld = report.attacks.reduce((sum, attack) => sum + attack.withheld, 0);
  const capacity = report.capacity;
  return [
    ['Plan', report.plan],
    ['Stack', report.stack],
    ['Started', startedText(report.startedAt)],
    [
      'Attempts',
      `${count(attempts)} by ${count(report.attacks.length)} ${report.attacks.length === 1 ? 'attack' : 'attacks'}, ${count(admitted)} admitted${withheld > 0 ? `, ${count(withheld)} withheld` : ''}`,
    ],
    ['Traffic', `${count(report.load.intended)} legitimate requests, ${count(report.load.failed)} failed`],
    [
      'Capacity',
      capacity === null
        ? 'not measured'
        : `${capacity.clamped ? 'at least ' : ''}${perSecondText(capacity.perSecond)} ${capacity.measured ? '(measured)' : '(given)'}`,
    ],
    ['Peak', capacity === null ? 'unknown' : `${perSecondText(capacity.peakPerSecond)} legitimate`],
    ['Seed', report.seed],
  ];
};

type Series = readonly (number | null)[];

const highest = (series: Series): { at: number; value: number } | null =>
  series.reduce<{ at: number; value: number } | null>(
    (best, value, at) => (value !== null && (best === null || value > best.value) ? { at, value } : best),
    null,
  );

/** The timeline in words, for whoever does not see the chart. */
export const timelineSummary = (report: Report): readonly string[] => {
  const line = report.timeline;
  const at = (index: number): string => secondsText(line.originMs + index * line.binMs);
  const load = highest(line.intendedPerSecond);
  const slow = highest(line.latencyP99Ms);
  const failed = highest(line.failedPerSecond);
  const first = line.admittedPerSecond.findIndex((value) => value !== null && value > 0);
  const phases = line.phases.map(
    (phase) => `${phase.id} from ${secondsText(phase.startMs)} to ${secondsText(phase.endMs)}`,
  );
  return [
    phases.length === 0 ? 'No phase was recorded.' : `Phases: ${phases.join('; ')}.`,
    load === null
      ? 'No legitimate load was recorded.'
      : `The load peaked at ${perSecondText(load.value)} intended, ${perSecondText(line.answeredPerSecond[load.at] ?? 0)} answered, at ${at(load.at)}.`,
    slow === null
      ? 'No latency was recorded.'
      : `The 99th percentile latency peaked at ${at(slow.at)}: ${millisText(slow.value)}.`,
    failed === null || failed.value === 0
      ? 'No failed requests were recorded.'
      : `Failures peaked at ${at(failed.at)}: ${perSecondText(failed.value)}.`,
    first === -1
      ? 'No attempt is known to have broken a claim.'
      : `The first attempt that broke a claim was at ${at(first)}.`,
    line.windows.length === 0
      ? 'No hop was intercepted.'
      : `${count(line.windows.length)} interception ${line.windows.length === 1 ? 'window' : 'windows'}.`,
    ...operationTexts(line),
  ];
};

/** What else was done to the stack: each kind with where, how often and when, and what of it failed. */
const operationTexts = ({ operations }: Timeline): readonly string[] =>
  [...new Set(operations.map(({ kind }) => kind))].map((kind) => {
    const own = operations.filter((one) => one.kind === kind);
    const places = [...new Set(own.flatMap((one) => one.places))];
    const failed = own.filter(({ error }) => error !== null).length;
    const where = places.length === 0 ? '' : ` at ${places.join(', ')}`;
    const when = `from ${secondsText(own[0]!.startMs)} to ${secondsText(own.at(-1)!.endMs)}`;
    return `Done to the stack: ${kind}${where}, ${count(own.length)} ${own.length === 1 ? 'time' : 'times'}, ${when}${failed === 0 ? '' : `, ${count(failed)} of them failed`}.`;
  });
