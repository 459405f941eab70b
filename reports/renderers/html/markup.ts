import { visible } from '../../text/index.ts';

/** Markup that is safe to put into a page: made only by `markup`, `lines`, `raw` and `dataBlock`. */
export type Html = { readonly text: string };

/** What may stand in a template: text is escaped, markup is not, lists are joined, null and false leave nothing. */
type Child = Html | string | number | null | false | readonly Child[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text as it may stand between tags and in quoted attributes; control and bidirectional characters are spelled out. */
export const escape = (text: string): string =>
  visible(text).replace(/[&<>"'`]/g, (character) => entities[character] ?? '');

const put = (child: Child): string => {
  if (child === null || child === false) return '';
  if (typeof child === 'string') return escape(child);
  if (typeof child === 'number') return String(child);
  return 'text' in child ? child.text : child.map(put).join('');
};

/** Markup from a template: whatever is interpolated is escaped, unless it is markup itself. */
export const markup = (strings: TemplateStringsArray, ...children: readonly Child[]): Html => ({
  text: strings.reduce((text, piece, at) => text + put(children[at - 1] ?? null) + piece),
});

/** Text of several lines, for `pre`: each line escaped, the breaks kept. */
export const lines = (text: string): Html => ({ text: text.split(/\r?\n/).map(escape).join('\n') });

/** Trusted text of the harness itself (styles and scripts). Throws where it could close its element. */
export const raw = (text: string): Html => {
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error('an asset holds text that would end its element');
  return { text };
};

/** Data for a script, as JSON that no parser of HTML or JavaScript takes for anything else. */
export const dataBlock = (data: unknown): Html => ({
  text: JSON.stringify(data).replace(
    /[<>&\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ),
});

/** A name that may stand in an `id` and be linked to. */
export const slug = (...parts: readonly string[]): string =>
  parts.map((part) => part.replace(/[^A-Za-z0-9]+/g, '-')).join('-');
