/** A value as JSON whose bytes depend on the value alone: keys sorted; what fits a line stands on one; a newline ends it. */
export const stableJson = (value: unknown): string => `${broken(value, '')}\n`;

/** Longest line that a mapping or a list of mappings may fill. */
const width = 240;

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

const entriesOf = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

const flat = (value: unknown): string => {
  if (isPlain(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(flat).join(', ')}]`;
  const inner = entriesOf(value as object).map(([key, each]) => `${JSON.stringify(key)}: ${flat(each)}`);
  return inner.length === 0 ? '{}' : `{ ${inner.join(', ')} }`;
};

const broken = (value: unknown, indent: string): string => {
  const line = flat(value);
  // A series of numbers says nothing when each stands on a line of its own.
  const isSeries = Array.isArray(value) && value.every((each) => isPlain(each) && typeof each !== 'string');
  if (isPlain(value) || isSeries || indent.length + line.length <= width) return line;
  const deeper = `${indent}  `;
  const inner = Array.isArray(value)
    ? value.map((each) => broken(each, deeper))
    : entriesOf(value as object).map(([key, each]) => `${JSON.stringify(key)}: ${broken(each, deeper)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${inner.map((each) => deeper + each).join(',\n')}\n${indent}${close}`;
};
