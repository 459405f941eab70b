import type { Document } from '../../document.ts';
import { blocksMarkdown } from './blocks.ts';
import { escape } from './escape.ts';
import { lineMarkdown, signs } from './line.ts';

/** A document for a comment on a pull request, or the summary of a CI job. */
export const markdown = ({ name, harness, verdict, why, facts, blocks }: Document): string => {
  const score = verdict.score && `, ${verdict.score.letter} (${verdict.score.value} / 100)`;
  const end = [
    ...facts.map(([fact, value]) => `${escape(fact)}: ${lineMarkdown(value)}`),
    escape(name),
    `holdfast ${escape(harness)}`,
  ];
  return `${[
    `## ${signs[verdict.tone]} Holdfast: ${escape(verdict.word)}${escape(score ?? '')}`,
    lineMarkdown(verdict.about),
    lineMarkdown(verdict.means ?? ''),
    blocksMarkdown([...why, ...blocks]),
    `<sub>${end.join(' · ')}</sub>`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
};

/** What makes text harmless in GitHub's Markdown, for other pages than documents. */
export { blocksMarkdown, tableOf } from './blocks.ts';
export { code, escape } from './escape.ts';
