import { createRequire } from 'node:module';
import type * as LogUpdate from 'log-update';

const require = createRequire(import.meta.url);

/** A terminal of which the lowest lines are redrawn in place, and everything else scrolls above them. */
export type Screen = {
  /** Draws lines in the place of those before. */
  readonly show: (lines: readonly string[]) => void;
  /** Writes a line that stays, above what is shown. */
  readonly above: (line: string) => void;
  /** Takes away what is shown. Idempotent. */
  readonly clear: () => void;
};

/** Effects: writes to the stream. The cursor stays visible, so that however the process dies it is. */
export const createScreen = (stream: NodeJS.WritableStream): Screen => {
  // Loaded where a screen is drawn: every command imports this module, and few of them draw.
  const { createLogUpdate } = require('log-update') as typeof LogUpdate;
  const draw = createLogUpdate(stream, { showCursor: true });
  let shown: string | null = null;
  return {
    show: (lines) => {
      shown = lines.join('\n');
      draw(shown);
    },
    above: (line) => {
      if (shown !== null) draw.clear();
      stream.write(`${line}\n`);
      if (shown !== null) draw(shown);
    },
    clear: () => {
      if (shown !== null) draw.clear();
      shown = null;
    },
  };
};
