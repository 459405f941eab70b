import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../harness/declare/discover/index.ts';

/** A line of shell that a page tells the reader to type, and the page. */
export type Documented = { readonly page: string; readonly line: string };

/** What was written by a program, or is a record of what was. */
const isGenerated = (path: string): boolean =>
  /(^|\/)golden\.|(^|\/)golden\/|^CHANGELOG\.md$|^docs\/decisions\//.test(path);

/** Pages and files of settings that name commands. */
const pages = (): readonly string[] =>
  execFileSync('git', ['ls-files', '*.md', '*.yml', '*.yaml', '.taprc', 'action.yml'], {
    cwd: projectRoot,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path !== '' && !isGenerated(path));

const starts = /(?:npx|npm|node|holdfast) /;

/** Inline code, which may be broken over two lines, and lines of a block of code, a script or a comment. */
const commandsIn = (text: string): readonly string[] => {
  const inline = [...text.matchAll(/`([^`\n]+(?:\n[^`\n]+)?)`/g)].map(([, code]) => code!.replaceAll(/\s+/g, ' '));
  const lines = text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replaceAll(/`[^`]*`/g, '').replace(/^\s*(?:#|-|\$|<!--.*?by:|\w+=\$\(|run:|\/\/)*\s*/, ''));
  return [...inline, ...lines]
    .flatMap((code) => code.split(/ \|\| | && |; |\. /))
    .map((code) =>
      code
        .replace(/^(?:[A-Z_]+=\S+ )+/, '')
        .replace(/ {2,}#.*$| # .*$/, '')
        .replace(/\)$/, '')
        .trim(),
    )
    .filter((code) => code.search(starts) === 0);
};

/** Every command that the repository's pages name. */
export const documentedCommands = (): readonly Documented[] =>
  pages().flatMap((page) => commandsIn(readFileSync(join(projectRoot, page), 'utf8')).map((line) => ({ page, line })));

/** The words of a line, as a shell would split it, with what a reader fills in left as it stands. */
export const wordsOf = (line: string): readonly string[] =>
  [...line.replaceAll(/\$\{\w+:\+([^}]*)\}/g, '$1').matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)]
    .map(([word]) => word.replaceAll(/["'[\]]|\.\.\.|…/g, ''))
    .filter((word) => word !== '');
