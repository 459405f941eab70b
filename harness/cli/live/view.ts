import { styleText } from 'node:util';
import { count } from '../../../reports/text/index.ts';
import type { LiveState } from '../../execute/live/index.ts';
import { partsText } from './parts.ts';
import type { PartUnderWay } from './parts.ts';
import { latencyText, progressText, rateText, spanText } from './words.ts';

/** What the view may know of the terminal. */
export type Terminal = { readonly columns: number; readonly colour: boolean };

type Style = Parameters<typeof styleText>[0];
type Field = { readonly text: string; readonly style?: Style };

const gap = '   ';
const warned: Pick<Field, 'style'> = { style: 'yellow' };

/** A state as the lines of the view: short ones, each within the terminal's width. */
export const viewOf = (
  state: LiveState,
  parts: readonly PartUnderWay[],
  nowMs: number,
  terminal: Terminal,
): readonly string[] => {
  const { phase, phaseElapsedMs, phaseMs, leftMs, load, attempts } = state;
  const whole = partsText(parts, nowMs, leftMs);
  const rows: readonly (readonly Field[])[] = [
    ...(whole === null ? [] : [fieldsOf(whole)]),
    [
      { text: phase, style: 'bold' },
      { text: progressText(phaseElapsedMs, phaseMs) },
      { text: `${spanText(leftMs)} left` },
    ],
    [
      { text: `asked ${rateText(load.askedPerSecond)}` },
      { text: `delivered ${rateText(load.deliveredPerSecond)}` },
      { text: `failed ${count(load.failed)}`, ...(load.failed > 0 && warned) },
      ...(load.disturbed > 0 ? [{ text: `disturbed ${count(load.disturbed)}` }] : []),
      ...(load.dropped > 0 ? [{ text: `dropped ${count(load.dropped)}`, ...warned }] : []),
      { text: `waiting ${count(load.waiting)}` },
    ],
    [{ text: `latency p50 ${latencyText(load.p50Ms)}` }, { text: `p99 ${latencyText(load.p99Ms)}` }],
    [
      { text: `attempts ${count(attempts.due)} of ${count(attempts.scheduled)}` },
      { text: `answered ${count(attempts.answered)}` },
      attempts.admitted === 0
        ? { text: 'admitted so far 0' }
        : { text: `ADMITTED so far ${count(attempts.admitted)}`, style: ['bold', 'red'] },
    ],
  ];
  return rows.flatMap((fields) => packed(fields, terminal));
};

/** What is done while nothing is replayed, in a job of several parts. */
export const noteView = (
  note: string,
  parts: readonly PartUnderWay[],
  nowMs: number,
  terminal: Terminal,
): readonly string[] => {
  const whole = partsText(parts, nowMs, null);
  return [
    ...(whole === null ? [] : packed(fieldsOf(whole), terminal)),
    ...packed([{ text: note.split('\n', 1)[0]! }], terminal),
  ];
};

const fieldsOf = ({ where, left }: { readonly where: string; readonly left: string | null }): readonly Field[] => [
  { text: where, style: 'bold' },
  ...(left === null ? [] : [{ text: left }]),
];

/** Fields side by side as far as they fit, then on further lines, indented; what does not fit alone is cut. */
const packed = (fields: readonly Field[], { columns, colour }: Terminal): string[] => {
  // The last column stays free: some terminals wrap when it is written.
  const room = Math.max(1, columns - 1);
  const lines: { text: string; width: number }[] = [];
  for (const { text, style } of fields) {
    const last = lines.at(-1);
    const before = last === undefined ? '' : gap;
    const fits = last !== undefined && last.width + before.length + text.length <= room;
    const indent = last === undefined ? '' : '  ';
    const shown = fits ? text : cut(text, Math.max(1, room - indent.length));
    const styled = colour && style !== undefined ? styleText(style, shown, { validateStream: false }) : shown;
    if (fits)
      lines[lines.length - 1] = { text: last.text + before + styled, width: last.width + before.length + shown.length };
    else lines.push({ text: indent + styled, width: indent.length + shown.length });
  }
  return lines.map(({ text }) => text);
};

const cut = (text: string, room: number): string => (text.length <= room ? text : `${text.slice(0, room - 1)}…`);
