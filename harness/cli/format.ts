import { InvalidArgumentError } from 'commander';

/** The value of `--format` for commands that print text or JSON. */
export const textOrJson = (value: string): 'text' | 'json' => {
  if (value !== 'text' && value !== 'json') throw new InvalidArgumentError("expected 'text' or 'json'.");
  return value;
};
