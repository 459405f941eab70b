import type { WriteStream } from 'node:tty';
import { terminalOf } from '../format.ts';
import { liveOn } from './live.ts';
import type { Live } from './live.ts';
import { createScreen } from './screen.ts';
import { logSurface, terminalSurface } from './surfaces.ts';

type Stream = NodeJS.WritableStream & Partial<WriteStream>;

/** Can lines be redrawn in place here, and is somebody there to see it? A terminal that does not know its size cannot. */
export const isScreen = ({ isTTY, columns, rows }: Stream, env: NodeJS.ProcessEnv): boolean =>
  isTTY === true && (columns ?? 0) > 0 && (rows ?? 0) > 0 && !env['CI'] && env['TERM'] !== 'dumb';

/**
 * What there is of a stream: a view in a terminal, else lines. `line` writes a line of progress that does not disturb the view.
 * `now`: ms of a clock that only goes forward.
 */
export const openLive = (
  stream: Stream,
  env: NodeJS.ProcessEnv,
  now: () => number,
): { readonly live: Live; readonly line: (text: string) => void } => {
  if (!isScreen(stream, env))
    return { live: liveOn(logSurface(), now), line: (text) => void stream.write(`${text}\n`) };
  const screen = createScreen(stream);
  return {
    live: liveOn(
      terminalSurface(screen, () => terminalOf(stream)),
      now,
    ),
    line: screen.above,
  };
};
