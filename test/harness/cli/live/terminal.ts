import { Writable } from 'node:stream';
import xterm from '@xterm/headless';

/** A terminal without a screen, as a stream: what is written to it, as it then looks. */
export const terminalOf = (columns: number, rows = 24) => {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
  let raw = '';
  let written: Promise<void> = Promise.resolve();
  const stream = Object.assign(
    new Writable({
      write: (chunk, _, done) => {
        raw += String(chunk);
        written = new Promise((resolve) => terminal.write(String(chunk), resolve));
        done();
      },
    }),
    { isTTY: true, columns, rows, hasColors: () => true },
  );
  return {
    stream,
    raw: () => raw,
    /** Every line that there is, those that scrolled away among them; without the empty ones at the end. */
    lines: async (): Promise<string[]> => {
      await written;
      const { active } = terminal.buffer;
      return Array.from({ length: active.length }, (_, i) => active.getLine(i)?.translateToString(true) ?? '')
        .join('\n')
        .trimEnd()
        .split('\n');
    },
    /** Where the cursor is, counted from the first line of all. */
    cursor: async (): Promise<{ x: number; y: number }> => {
      await written;
      const { active } = terminal.buffer;
      return { x: active.cursorX, y: active.baseY + active.cursorY };
    },
  };
};
