import type { WriteStream } from 'node:tty';
import { InvalidArgumentError } from 'commander';

/** The value of `--format` for commands that print text or JSON. */
export const textOrJson = (value: string): 'text' | 'json' => {
  if (value !== 'text' && value !== 'json') throw new InvalidArgumentError("expected 'text' or 'json'.");
  return value;
};

/** What a format may know of the stream that it is written to; colours only where the user did not ask for none (no-color.org). */
export const terminalOf = (stream: Partial<WriteStream>): { readonly colour: boolean; readonly columns: number } => ({
  colour: stream.isTTY === true && (stream.hasColors?.() ?? false) && !process.env['NO_COLOR'],
  columns: stream.columns ?? 100,
});
