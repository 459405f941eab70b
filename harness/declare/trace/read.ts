import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { HoldfastError } from '../../model/index.ts';
import type { Trace } from '../../model/index.ts';

const header = 'second,requests';

/**
 * Reads a trace: comments (`#`), the header `second,requests`, then one line for each second from 0, without holes.
 * Throws `bad-input` with the line, what was expected and what was found.
 */
export const readTrace = (file: string): Trace => {
  const refuse = (line: number, expected: string, found: string, hint: string): never => {
    throw new HoldfastError('bad-input', `expected ${expected}, found ${found}`, { hint, place: { file, line } });
  };
  const lines = readText(file)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();

  const comments: string[] = [];
  const perSecond: number[] = [];
  let sawHeader = false;
  lines.forEach((text, index) => {
    const line = index + 1;
    if (text.startsWith('#')) {
      comments.push(text.slice(1).trim());
      return;
    }
    if (!sawHeader) {
      if (text.trim() !== header)
        refuse(line, `the header "${header}"`, quote(text), 'put the header before the first second');
      sawHeader = true;
      return;
    }
    const [, second, requests] =
      /^(\d+),(\d+)$/.exec(text.trim()) ??
      refuse(line, 'two whole numbers, "second,requests", neither negative', quote(text), 'mend or remove this line');
    const next = perSecond.length;
    if (Number(second) > next)
      refuse(
        line,
        `second ${next}`,
        `second ${second}: a hole`,
        'write a line with 0 requests for each missing second',
      );
    if (Number(second) < next)
      refuse(line, `second ${next}`, `second ${second}: not in order`, 'sort the lines by second and keep each once');
    if (!Number.isSafeInteger(Number(requests))) refuse(line, 'a number of requests', quote(text), 'mend this line');
    perSecond.push(Number(requests));
  });
  if (!sawHeader)
    refuse(lines.length + 1, `the header "${header}"`, 'the end of the file', 'put the header before the first second');
  if (!perSecond.some((requests) => requests > 0)) {
    refuse(
      lines.length + 1,
      'at least one second with requests',
      'the end of the file',
      'a trace without requests is no spike',
    );
  }
  return { id: basename(file).replace(/\.csv$/, ''), source: comments.join(' '), perSecond };
};

const quote = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new HoldfastError(
      'bad-input',
      `expected a readable trace, found ${(cause as NodeJS.ErrnoException).code ?? 'an error'}`,
      {
        hint: 'name a trace of fixtures/traces without ".csv", or a file by its path',
        place: { file },
        cause,
      },
    );
  }
};
