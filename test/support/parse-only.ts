import { CommanderError } from 'commander';
import { HoldfastCommand } from '../../harness/cli/command.ts';
import type { CommandContext } from '../../harness/cli/command.ts';
import { allCommands, program } from '../../harness/cli/main.ts';

/** A command whose action is to say what it was given; everything else, parsers of options included, is the product's. */
class ParseOnly extends HoldfastCommand {
  found: { readonly args: readonly string[]; readonly options: Readonly<Record<string, unknown>> } | undefined;

  override createCommand(name?: string): ParseOnly {
    return new ParseOnly(name);
  }

  override action(): this {
    return super.action(() => {
      this.tell({ args: this.args, options: this.opts() });
      return 0;
    });
  }

  /** Tells the program itself. */
  tell(found: NonNullable<ParseOnly['found']>): void {
    if (this.parent instanceof ParseOnly) this.parent.tell(found);
    else this.found = found;
  }
}

/** What a command line says, or the complaint that a user would get of it. */
export type Parsed = { readonly args: readonly string[]; readonly options: Readonly<Record<string, unknown>> } | string;

const modules = await allCommands();

/** Examples that the commands' own help shows. */
export const helpExamples = (): readonly string[] => modules.flatMap(({ examples }) => examples);

/** True for a flag that some command has and that takes a value: what a reader is told to fill in is then no matter. */
const takesValue = (holdfast: HoldfastCommand, flag: string): boolean =>
  holdfast.commands
    .flatMap((command) => [command, ...command.commands])
    .flatMap((command) => command.options)
    .some((option) => (option.long === flag || option.short === flag) && (option.required || option.optional));

/** Whether a reader is to put something of his own there: `RUN`, `FILE|FOLDER`, `$STACKS`, `<id>`. */
export const isPlaceholder = (word: string): boolean => /^(?:[A-Z|]+|\$\w+|<[\w-]+>)$/.test(word);

/** Parses `holdfast WORDS` as the product does, and starts nothing. */
export const parseOnly = async (words: readonly string[]): Promise<Parsed> => {
  let complaint = '';
  const stream = { write: (text: string) => ((complaint += text), true) } as unknown as NodeJS.WritableStream;
  const context: CommandContext = {
    signal: new AbortController().signal,
    stdout: stream,
    stderr: stream,
    progress: () => undefined,
  };
  const holdfast = program(modules, context, new ParseOnly('holdfast')) as ParseOnly;
  const left = words.filter((word, i) => {
    const flag = isPlaceholder(word) ? words[i - 1] : isPlaceholder(words[i + 1] ?? '') ? word : undefined;
    return flag === undefined || !flag.startsWith('--') || !takesValue(holdfast, flag);
  });
  try {
    await holdfast.parseAsync([...left], { from: 'user' });
    return holdfast.found ?? 'nothing was asked for';
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return { args: [], options: {} };
    return complaint === '' ? String(error) : complaint;
  }
};
