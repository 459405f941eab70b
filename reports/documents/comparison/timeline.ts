import type { Comparison, Posture } from '../../../harness/model/index.ts';
import { numeric, section, table } from '../../document.ts';
import type { Section } from '../../document.ts';
import type { Chart, ChartData, ChartSeries, Panel } from '../../drawing.ts';
import { count, millisText, perSecondText, secondsText } from '../../text/index.ts';
import { align } from './align.ts';
import type { Aligned, AlignedSeries } from './align.ts';

type Picked = 'answered' | 'p99' | 'failed' | 'admitted';

/** The same series of both sides: before dashed, after solid. */
const both = (
  aligned: Aligned,
  pick: Picked,
  colour: ChartSeries['colour'],
  unit: ChartSeries['unit'],
): readonly ChartData[] => {
  const side = (of: AlignedSeries, name: 'before' | 'after'): ChartData => ({
    atMs: of.atMs,
    series: [
      {
        label: `${pick} ${name}`,
        colour: name === 'before' ? 'before' : colour,
        draw: 'line',
        dashed: name === 'before',
        unit,
        values: of[pick],
      },
    ],
  });
  return [side(aligned.before, 'before'), side(aligned.after, 'after')];
};

const panels = (aligned: Aligned): readonly Panel[] => {
  const any = (pick: Picked): boolean =>
    [...aligned.before[pick], ...aligned.after[pick]].some((value) => value !== null && value > 0);
  const count = (title: string, height: number, pick: Picked, colour: ChartSeries['colour']): readonly Panel[] =>
    any(pick) || pick === 'answered' ? [{ title, height, data: both(aligned, pick, colour, 'count') }] : [];
  return [
    {
      title: 'Phases',
      lanes: [{ name: '', as: 'names', spans: aligned.phases.map(({ id, ...phase }) => ({ ...phase, name: id })) }],
    },
    ...count('Legitimate requests answered per second', 180, 'answered', 'load'),
    {
      title: 'Latency from the intended time, p99 (log)',
      height: 150,
      log: true,
      data: both(aligned, 'p99', 'slow', 'ms'),
    },
    ...count('Failed requests per second', 90, 'failed', 'unsure'),
    ...count('Attempts admitted per second', 100, 'admitted', 'bad'),
  ];
};

const how = ({ zero, phases, before, after }: Aligned): string => {
  const admitted = [...before.admitted, ...after.admitted].some((value) => (value ?? 0) > 0);
  const none = admitted ? '' : ' No second of either run had an admitted attempt.';
  return zero === null
    ? `No phase was recorded: there is nothing to align by.${none}`
    : `Aligned phase by phase: each of ${phases.map(({ id }) => id).join(', ')} begins at the same place for both and has the room of the longer of the two; where one was shorter, its line ends earlier. 0 s is the start of ${zero}.${none}`;
};

const chartOf = (aligned: Aligned): Chart => {
  const ends = [
    ...aligned.phases.flatMap(({ startMs, endMs }) => [startMs, endMs]),
    ...aligned.before.atMs,
    ...aligned.after.atMs,
  ];
  return {
    kind: 'chart',
    fromMs: ends.length === 0 ? 0 : Math.min(...ends),
    toMs: ends.length === 0 ? 0 : Math.max(...ends),
    phases: aligned.phases.map(({ id, ...phase }) => ({ ...phase, name: id })),
    hatched: [],
    panels: panels(aligned),
    legend: [
      { dashed: true, text: 'before, dashed' },
      { dashed: false, text: 'after, solid' },
    ],
    caption: how(aligned),
  };
};

/** What a phase came to in one run, from its timeline and its latencies: length, answered, p99, admitted. */
const phaseTexts = ({ timeline, load }: Posture, id: string): readonly string[] => {
  const phase = timeline.phases.find((each) => each.id === id);
  const p99 = millisText(load.latencyMs[id]?.p99 ?? null);
  if (phase === undefined) return ['–', '–', p99, '–'];
  const middle = (bin: number): number => timeline.originMs + (bin + 0.5) * timeline.binMs;
  const within = (series: readonly (number | null)[]): readonly number[] =>
    series.flatMap((value, bin) =>
      value !== null && phase.startMs <= middle(bin) && middle(bin) < phase.endMs ? [value] : [],
    );
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  const answered = within(timeline.answeredPerSecond);
  return [
    secondsText(phase.endMs - phase.startMs),
    answered.length === 0 ? '–' : perSecondText(total(answered) / answered.length),
    p99,
    count(Math.round((total(within(timeline.admittedPerSecond)) * timeline.binMs) / 1000)),
  ];
};

/** Both runs on one axis of time, and the same in a table. */
export const timelineSection = ({ before, after }: Comparison): Section => {
  const aligned = align(before.posture.timeline, after.posture.timeline);
  const heads = ['Length', 'Answered, mean', 'Latency p99', 'Admitted'];
  const rows = [...new Set(aligned.phases.map(({ id }) => id))].map((id) => {
    const sides = [phaseTexts(before.posture, id), phaseTexts(after.posture, id)] as const;
    return [id, ...heads.flatMap((_, at) => sides.map((texts) => texts[at] ?? '–'))];
  });
  return section(
    'Both timelines',
    [
      chartOf(aligned),
      table(['Phase', ...heads.flatMap((over) => [numeric('before', { over }), numeric('after', { over })])], rows, {
        caption: 'The same by phase, in numbers',
      }),
    ],
    { id: 'timeline' },
  );
};
