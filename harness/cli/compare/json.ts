import { HoldfastError } from '../../model/index.ts';

/** Line in the text of the character that JSON.parse names in its complaint. */
const lineOf = (text: string, error: unknown): number | undefined => {
  const position = /position (\d+)/.exec(String(error))?.[1];
  return position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length;
};

/** A value from text that should be JSON. Throws `bad-run` with the line where it is not. */
export const parseJson = (text: string, file: string, what: string, hint: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const line = lineOf(text, cause);
    throw new HoldfastError('bad-run', `expected ${what} in JSON, got text that is not (${(cause as Error).message})`, {
      hint,
      place: line === undefined ? { file } : { file, line },
      cause,
    });
  }
};
