import { visible } from '../../text/index.ts';

/** The name space of what OSCAL has no names for. */
const namespace = 'https://holdfast.dev/ns/oscal';

/** A token (an XML name without a colon): a control, an attack or a phase by its own id where that is one. */
export const token = (text: string): string =>
  visible(text)
    .replace(/[^\p{L}\p{N}._-]/gu, '-')
    .replace(/^(?![\p{L}_])/u, '_');

/** Text of one line, never empty, with no space around it. */
export const line = (text: string): string => visible(text).trim() || '–';

/** A property under our own name space; null where there is nothing to say. */
export const prop = (name: string, value: string | number | null): object | null =>
  value === null ? null : { name, ns: namespace, value: line(String(value)) };

/** A facet of a risk under our own name space. */
export const facet = (name: string, value: string | number): object => ({
  name,
  system: namespace,
  value: line(String(value)),
});

/** A list under a name, or nothing: OSCAL has no empty lists. */
export const list = (name: string, items: readonly (object | string | null)[]): object => {
  const given = items.filter((item) => item !== null);
  return given.length === 0 ? {} : { [name]: given };
};
