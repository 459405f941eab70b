import type { Tone } from '../../line.ts';

/** Select Graphic Rendition (ECMA-48 section 8.3.117): the code that starts each style. */
const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, magenta: 35 } as const;
export type Style = keyof typeof codes;

/** Colours a text, or leaves it alone where the reader's terminal shows none. */
export type Paint = (text: string, ...styles: readonly Style[]) => string;

/** Paints where `colour` is true: each word by itself, so that a line may be broken between them. */
export const painter =
  (colour: boolean): Paint =>
  (text, ...styles) =>
    colour && styles.length > 0
      ? text.replaceAll(
          /[^ ]+/g,
          (word) => `${styles.map((style) => `\u001b[${codes[style]}m`).join('')}${word}\u001b[0m`,
        )
      : text;

/** A text without what `Paint` puts around it. */
export const unpainted = (text: string): string => text.replaceAll(/\u001b\[\d+m/g, '');

/** The colour of a tone, and its sign, which tells it without colour. */
export const looks: Readonly<Record<Tone, { readonly style: Style; readonly sign: string }>> = {
  good: { style: 'green', sign: '✔' },
  bad: { style: 'red', sign: '✘' },
  unsure: { style: 'yellow', sign: '?' },
  void: { style: 'magenta', sign: '–' },
  calm: { style: 'dim', sign: '=' },
};
