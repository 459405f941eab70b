import type { ControlVerdict, RunVerdict } from '../../../harness/model/index.ts';

/** Select Graphic Rendition (ECMA-48 section 8.3.117): the code that starts each style. */
const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, magenta: 35 } as const;
export type Style = keyof typeof codes;

/** Colours a text, or leaves it alone where the reader's terminal shows none. */
export type Paint = (text: string, ...styles: readonly Style[]) => string;

/** Paints where `colour` is true. */
export const painter =
  (colour: boolean): Paint =>
  (text, ...styles) =>
    colour ? `${styles.map((style) => `\u001b[${codes[style]}m`).join('')}${text}\u001b[0m` : text;

/** A text without what `Paint` puts around it. */
export const unpainted = (text: string): string => text.replaceAll(/\u001b\[\d+m/g, '');

const styles: Readonly<Record<RunVerdict | ControlVerdict, Style>> = {
  HOLDS: 'green',
  pass: 'green',
  BROKEN: 'red',
  fail: 'red',
  UNKNOWN: 'yellow',
  unknown: 'yellow',
  INVALID: 'magenta',
};
const signs: Readonly<Record<RunVerdict | ControlVerdict, string>> = {
  HOLDS: '✔',
  pass: '✔',
  BROKEN: '✘',
  fail: '✘',
  UNKNOWN: '?',
  unknown: '?',
  INVALID: '–',
};

/** The colour of a verdict. */
export const styleOf = (verdict: RunVerdict | ControlVerdict): Style => styles[verdict] ?? 'yellow';
/** The sign of a verdict, which tells it without colour. */
export const signOf = (verdict: RunVerdict | ControlVerdict): string => signs[verdict] ?? '?';
