/** A container of the configuration, such as `<Location "/">`, with its lines indented. */
export const block = (name: string, argument: string, lines: readonly string[]): readonly string[] => [
  `<${name}${argument === '' ? '' : ` ${argument}`}>`,
  ...lines.map((line) => (line === '' ? '' : `  ${line}`)),
  `</${name}>`,
];

/** An argument in double quotes. Expressions are made so that nothing in them has to be escaped (`text`, `literally`). */
export const quoted = (value: string): string => `"${value}"`;

const bytesOf = (value: string, plain: RegExp, spell: (byte: number) => string): string =>
  [...new TextEncoder().encode(value)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return plain.test(character) ? character : spell(byte);
    })
    .join('');

/**
 * A string of an expression (Apache 2.4, Expressions, "string"). Where a byte could mean something, to the expression or to the
 * configuration file around it, all but letters are spelt in octal: a digit after such a spelling would be taken for part of it.
 */
export const text = (value: string): string => {
  const plain = /^[A-Za-z0-9_.:/@-]*$/.test(value) ? /./ : /[A-Za-z]/;
  return `'${bytesOf(value, plain, (byte) => `\\${byte.toString(8).padStart(3, '0')}`)}'`;
};

/** The literal text within a regular expression (PCRE), byte by byte where a character could mean something. */
export const literally = (value: string): string =>
  bytesOf(value, /[A-Za-z0-9_/~-]/, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`);

/** Holds if `word` matches as a whole. `\z`, for `$` also matches before a line feed at the end, and a claim may hold one. */
export const whole = (word: string, expression: string): string => `${word} =~ m#^(?:${expression})\\z#`;
