import { visible } from '../../text/index.ts';

/**
 * Text as plain text in GitHub's Markdown: punctuation that means something is escaped, angle brackets and ampersands are
 * entities, and mentions, links and references to issues are broken up by an empty comment, for those are found in the text
 * after it was parsed.
 */
export const escape = (text: string): string =>
  visible(text)
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replace(/^(\s*)([-+=#])/, '$1\\$2')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '@<!-- -->')
    .replace(/:\/\//g, ':<!-- -->//')
    .replace(/\bwww\./gi, 'www<!-- -->.')
    .replace(/#(?=\d)/g, '#<!-- -->')
    .replace(/\bGH-(?=\d)/gi, 'GH<!-- -->-')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');

/** Text as it stands, in a code span whose fence is longer than any run of backticks in it; fit for a table's cell. */
export const code = (text: string): string => {
  const plain = visible(text).replace(/\|/g, '\\|');
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return plain === '' ? '' : `${fence} ${plain} ${fence}`;
};
