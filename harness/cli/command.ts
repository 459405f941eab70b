import { Command } from 'commander';
import { exitCodes } from './exit.ts';
import type { ExitCode } from './exit.ts';
import type { Live, Part } from './live/index.ts';

/** Writes one line of progress to stderr. */
export type Progress = (line: string) => void;

/** What a command gets from outside: it touches neither `process.stdout` nor the signals itself. */
export type CommandContext = {
  /** Aborted once, by SIGINT, SIGTERM, SIGHUP or the death of the launcher; its reason is a HoldfastError `interrupted`. */
  readonly signal: AbortSignal;
  /** Data: what `--format json` prints, tables. */
  readonly stdout: NodeJS.WritableStream;
  /** Progress and errors. */
  readonly stderr: NodeJS.WritableStream;
  /** A line of progress to stderr. */
  readonly progress: Progress;
  /** Where a run shows how it goes while it goes; absent: nowhere. Commands only pass it on. */
  readonly live?: Live | undefined;
};

/** The context of one run of a longer job: what is shown of it says which it is, and what is left of all. */
export const partOf = (context: CommandContext, part: Part): CommandContext => ({
  ...context,
  live: context.live?.within(part),
});

/** What `harness/cli/commands/<name>.ts` exports as `command`. */
export type CommandModule = {
  /** Equals the file's name. */
  readonly name: string;
  /** One line for `holdfast --help`. */
  readonly summary: string;
  /** Commands that run as they stand; shown at the end of the command's help. */
  readonly examples: readonly string[];
  /**
   * Adds arguments, options and the action to the command, which main has already named. The action returns the exit code
   * (or a promise of it), or throws a HoldfastError.
   */
  readonly register: (command: HoldfastCommand, context: CommandContext) => void;
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- commander's own contract: positional arguments, options, command
type Arguments = any[];

/** A commander command whose action returns the exit code. Returning nothing is an error: silence must not read as "holds". */
export class HoldfastCommand extends Command {
  /** On the program itself: what the action that ran returned. */
  ended: ExitCode | undefined;

  override createCommand(name?: string): HoldfastCommand {
    return new HoldfastCommand(name);
  }

  override action(action: (...args: Arguments) => number | Promise<number>): this;
  override action(action: (this: this, ...args: Arguments) => void | Promise<void>): this;
  override action(action: (this: this, ...args: Arguments) => unknown): this {
    return super.action(async (...args) => {
      const code = await action.apply(this, args);
      const program = this.parent instanceof HoldfastCommand ? this.parent : this;
      program.ended = exitCodes.find((known) => known === code);
    });
  }
}
