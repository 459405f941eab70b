import { HoldfastError } from '../harness/model/index.ts';

/** Line in the text of the character that JSON.parse names in its complaint; the last one where the text ends too early. */
const lineOf = (text: string, error: unknown): number | undefined => {
  if (String(error).includes('end of JSON input')) return text.split('\n').length;
  const position = /position (\d+)/.exec(String(error))?.[1];
  return position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length;
};

/** A value from text that should be JSON. Throws `bad-run` with the line where it is not. */
export const parseJson = (text: string, file: string, what: string, hint: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const line = lineOf(text, cause);
    throw new HoldfastError(
      'bad-run',
      `expected ${what} to be JSON, got text that is not (${(cause as Error).message})`,
      {
        hint,
        place: line === undefined ? { file } : { file, line },
        cause,
      },
    );
  }
};
