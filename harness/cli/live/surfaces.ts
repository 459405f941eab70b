import { lineOf } from './line.ts';
import type { Surface } from './live.ts';
import type { Screen } from './screen.ts';
import { noteView, viewOf } from './view.ts';
import type { Terminal } from './view.ts';

/** A view of a few lines, redrawn in place. Of a single run the notes are not shown: they scroll above it as lines. */
export const terminalSurface = (screen: Screen, terminal: () => Terminal): Surface => ({
  show: (state, parts, nowMs) => screen.show(viewOf(state, parts, nowMs, terminal())),
  note: (line, parts, nowMs) => {
    if (parts.length === 0) screen.clear();
    else screen.show(noteView(line, parts, nowMs, terminal()));
  },
  done: screen.clear,
});

const everyMs = 10_000;
/** How far into a phase its first line stands: before that there is nothing to say of it. */
const settledMs = 1000;

/** A line when a phase has begun, and then one every ten seconds. Notes are lines already. */
export const logSurface = (): Surface => {
  let last: { phase: string; atMs: number } | null = null;
  return {
    show: (state, parts, nowMs, progress) => {
      const { phase, phaseElapsedMs } = state;
      const began = phase !== last?.phase && phaseElapsedMs >= settledMs;
      if (!began && nowMs - (last?.atMs ?? nowMs) < everyMs) return;
      last = { phase, atMs: nowMs };
      progress(lineOf(state, parts, nowMs));
    },
    note: () => undefined,
    done: () => (last = null),
  };
};
