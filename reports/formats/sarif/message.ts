import { visible } from '../../text/index.ts';

/** Text as a plain message: what would be a link or a placeholder in it is escaped (SARIF 2.1.0, sections 3.11.5 and 3.11.6). */
export const message = (text: string): { readonly text: string } => ({
  text: visible(text)
    .replace(/[\\[\]]/g, '\\$&')
    .replace(/\{(\d+)\}/g, '{{$1}}'),
});

/** Text that ends as a sentence does. */
export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
