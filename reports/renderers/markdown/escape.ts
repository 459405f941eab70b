import { visible } from '../../text/index.ts';

const entities = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Mentions, links and references to issues are found in the text after it was parsed: an empty comment breaks them up. */
const unlinked = (text: string): string =>
  text
    .replace(/@/g, '@<!-- -->')
    .replace(/:\/\//g, ':<!-- -->//')
    .replace(/\bwww\./gi, 'www<!-- -->.')
    .replace(/#(?=\d)/g, '#<!-- -->')
    .replace(/\bGH-(?=\d)/gi, 'GH<!-- -->-');

/**
 * Text as plain text in GitHub's Markdown: punctuation that means something is escaped, angle brackets and ampersands are
 * entities, and what would become a link is broken up.
 */
export const escape = (text: string): string =>
  unlinked(
    entities(
      visible(text)
        .replace(/[\\`*_[\]|~$]/g, '\\$&')
        .replace(/^(\s*)([-+=#])/, '$1\\$2'),
    ),
  ).replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');

/** The same for text within a tag, e.g. `<summary>`: Markdown means nothing there, and a backslash would be shown. */
export const escapeInTag = (text: string): string => unlinked(entities(visible(text)));

/** Text as it stands, in a code span whose fence is longer than any run of backticks in it; fit for a table's cell. */
export const code = (text: string): string => {
  const plain = visible(text).replace(/\|/g, '\\|');
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return plain === '' ? '' : `${fence} ${plain} ${fence}`;
};
