import { word } from './text.ts';

/** The claim of the verified token at a path below `$.`, as a sample: as text, or a number as a number. */
export const claim = (path: string, as: 'text' | 'number' = 'text'): string =>
  `var(txn.token),jwt_payload_query('$.${path}'${as === 'number' ? ",'int'" : ''})`;

/** HAProxy gives an array as its text, so that no comparison tells it from a string of that text. */
export const readsAsArray = (value: string): boolean => value.startsWith('[');

// Numbers come as %g of C writes them, truth values as 1 and 0.
const readsAsNumber = (value: string): boolean => /^[-+]?([0-9.]|inf|nan)/i.test(value);

/**
 * A criterion that holds where a claim is a string, and exactly this one. Where a number could read the same, and where a word
 * cannot hold the value, bytes are compared: those of a string are its text, those of a number eight, the first no character.
 */
export const claimIs = (path: string, value: string): string =>
  readsAsNumber(value) || /\p{Cc}/u.test(value)
    ? `${claim(path, 'number')},hex -m str ${Buffer.from(value).toString('hex').toUpperCase()}`
    : `${claim(path)} -m str -- ${word(value)}`;
