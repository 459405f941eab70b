import { HoldfastError } from '../model/index.ts';
import type { ErrorCode, RunVerdict } from '../model/index.ts';

/**
 * What a command ends with: 0 holds or done, 1 broken, 2 unknown or invalid. 254 and 255 are mostly thrown; a command over several
 * stacks returns them, for it goes on after the first.
 */
export const exitCodes = [0, 1, 2, 254, 255] as const;
export type ExitCode = (typeof exitCodes)[number];

const byVerdict: Readonly<Record<RunVerdict, 0 | 1 | 2>> = { HOLDS: 0, BROKEN: 1, UNKNOWN: 2, INVALID: 2 };

/** Exit code of a verdict: 0 holds, 1 broken, 2 unknown or invalid. */
export const exitOfVerdict = (verdict: RunVerdict): 0 | 1 | 2 => byVerdict[verdict];

/** Exit code of a wrong call: an unknown flag or command, or an input file that is not valid. */
export const usage = 254 as const;
/** Exit code of a fault of the harness itself, or of the machine that it runs on. */
export const fault = 255 as const;

const byCode: Record<ErrorCode, 2 | 254 | 255> = {
  usage,
  'bad-input': usage,
  inexpressible: usage,
  'bad-run': 2,
  'bad-proof': 2,
  interrupted: 2,
  'foreign-target': fault,
  'missing-tool': fault,
  'no-image': fault,
  'stack-down': fault,
  internal: fault,
};

/** Exit code for something that was thrown; what is not a HoldfastError is a fault of the harness. */
export const exitOf = (error: unknown): 2 | 254 | 255 => (error instanceof HoldfastError ? byCode[error.code] : fault);

/** The same for the code of an error that was kept in words. */
export const exitOfCode = (code: string): 2 | 254 | 255 =>
  Object.hasOwn(byCode, code) ? byCode[code as ErrorCode] : fault;

/**
 * The worst of several: what is broken first, for an admission is a fact whatever else went wrong (docs/decisions/0004), then a
 * fault of the harness, a wrong input, and what is unknown.
 */
export const worstExit = (codes: readonly ExitCode[]): ExitCode =>
  ([1, fault, usage, 2] as const).find((code) => codes.includes(code)) ?? 0;

/** The lines for stderr: what happened, where, and what to do next. Control characters in foreign text are shown, not sent. */
export const describeError = (error: unknown): string => {
  if (!(error instanceof HoldfastError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `error: a fault of the harness itself: ${printable(text)}\n`;
  }
  const { place, hint, cause } = error;
  const lines = [`error: ${error.message}`];
  if (place !== undefined)
    lines.push(`  at ${[place.file, place.line, place.column].filter((part) => part !== undefined).join(':')}`);
  if (cause instanceof Error && !error.message.includes(cause.message)) lines.push(`  because: ${cause.message}`);
  if (hint !== undefined) lines.push(`hint: ${hint}`);
  return `${printable(lines.join('\n'))}\n`;
};

/** Text with the control characters that could drive a terminal made visible; line feeds and tabs stay. */
export const printable = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- they are what this is about
  text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
