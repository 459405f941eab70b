import type { Report, Timeline } from '../../../harness/model/index.ts';
import { section } from '../../document.ts';
import type { Section } from '../../document.ts';
import type { ChartSeries, Lane, Panel, Span } from '../../drawing.ts';
import { timelineSummary } from '../../text/index.ts';

type Series = readonly (number | null)[];

/** A lane for each name, in the order in which they come up. */
const lanesOf = (spans: readonly (Span & { readonly lane: string })[]): readonly Lane[] =>
  [...Map.groupBy(spans, ({ lane }) => lane)].map(([name, own]) => ({ name, as: 'hatch', spans: own }));

const series = (
  label: string,
  values: Series,
  look: Pick<ChartSeries, 'colour' | 'draw'> & Partial<ChartSeries>,
): ChartSeries => ({ label, values, unit: 'count', ...look });

const panels = (line: Timeline, taken: readonly Lane[]): readonly Panel[] => {
  const startOf = (bin: number): number => line.originMs + bin * line.binMs;
  const bins = line.intendedPerSecond.length;
  // A step needs the end of the last bin as well.
  const atMs = Array.from({ length: bins + 1 }, (_, bin) => startOf(bin));
  const closed = (values: Series): Series => [...values, values.at(-1) ?? null];
  const open = (values: Series): Series => [...values, null];
  const hit = (values: Series): readonly Span[] =>
    values.flatMap((value, bin) =>
      value !== null && value > 0 ? [{ name: '', startMs: startOf(bin), endMs: startOf(bin + 1) }] : [],
    );
  return [
    {
      title: 'Phases, and what was done to the stack',
      lanes: [
        { name: '', as: 'names', spans: line.phases.map(({ id, ...phase }) => ({ ...phase, name: id })) },
        ...taken,
        { name: 'failed', as: 'unsure', spans: hit(line.failedPerSecond) },
        { name: 'admitted', as: 'bad', spans: hit(line.admittedPerSecond) },
      ],
    },
    {
      title: 'Legitimate requests per second',
      height: 170,
      data: [
        {
          atMs,
          series: [
            series('intended', closed(line.intendedPerSecond), {
              colour: 'trace',
              draw: 'steps',
              dashed: true,
              area: true,
            }),
            series('answered', closed(line.answeredPerSecond), { colour: 'load', draw: 'steps' }),
            series('failed', open(line.failedPerSecond), { colour: 'unsure', draw: 'bars', area: true }),
          ],
        },
      ],
    },
    {
      title: 'Latency from the intended time (log)',
      height: 140,
      log: true,
      data: [
        {
          atMs,
          series: [
            series('p50', open(line.latencyP50Ms), { colour: 'load', draw: 'line', dashed: true, unit: 'ms' }),
            series('p99', open(line.latencyP99Ms), { colour: 'slow', draw: 'line', unit: 'ms' }),
          ],
        },
      ],
    },
    {
      title: 'Attempts per second',
      height: 130,
      data: [
        {
          atMs,
          series: [
            series('attempts', open(line.attemptsPerSecond), { colour: 'attack', draw: 'bars', area: true }),
            series('admitted', open(line.admittedPerSecond), { colour: 'bad', draw: 'bars', area: true }),
          ],
        },
      ],
    },
  ];
};

/** Load, latency, attempts, phases, and what was done to the stack, on one axis of time. */
export const timelineSection = ({ timeline: line, ...report }: Report): Section => {
  const windows = line.windows.map(({ attack, variant, hop, startMs, endMs }) => ({
    lane: attack,
    name: `${attack} ${variant} on ${hop}`,
    startMs,
    endMs,
  }));
  const operations = line.operations.map(({ kind, places, startMs, endMs }) => ({
    lane: kind,
    name: `${kind} at ${places.join(', ')}`,
    startMs,
    endMs,
  }));
  const all = [...line.phases, ...windows, ...operations];
  return section(
    'Timeline',
    [
      {
        kind: 'chart',
        fromMs: Math.min(line.originMs, ...all.map(({ startMs }) => startMs)),
        toMs: Math.max(line.originMs + line.binMs * line.intendedPerSecond.length, ...all.map(({ endMs }) => endMs)),
        phases: line.phases.map(({ id, ...phase }) => ({ ...phase, name: id })),
        hatched: windows.map(({ name, startMs, endMs }) => ({ name, startMs, endMs })),
        panels: panels(line, lanesOf([...windows, ...operations])),
        caption: [
          timelineSummary({ ...report, timeline: line }).join(' '),
          windows.length === 0 ? '' : ' Hatched: a hop was taken over; its requests are left out of the latency.',
        ],
      },
    ],
    { id: 'timeline' },
  );
};
