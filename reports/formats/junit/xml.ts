import { visibleLines } from '../../text/index.ts';

/** XML that is safe to put into a document: made only by `element`. */
export type Xml = { readonly xml: string };

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Text as it may stand in content and in quoted attributes. What acts on a reader's screen is spelled out, and so are the two
 * characters that XML 1.0 forbids beside those (section 2.2).
 */
export const escape = (text: string): string =>
  visibleLines(text)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"]/g, (character) => entities[character] ?? '');

/** An element; an attribute that is null is left out. Line breaks in an attribute are kept, as references. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string | number | null>>,
  content: string | readonly Xml[] = [],
): Xml => {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ` ${key}="${escape(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
  if (content.length === 0) return { xml: `<${name}${given}/>` };
  const inner = typeof content === 'string' ? escape(content) : `\n${content.map(({ xml }) => xml).join('\n')}\n`;
  return { xml: `<${name}${given}>${inner}</${name}>` };
};
