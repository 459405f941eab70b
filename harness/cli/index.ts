/** The command line's surface for its own commands: one file per command under commands/, discovered, never listed. */
export { HoldfastCommand, partOf } from './command.ts';
export type { CommandContext, CommandModule, Progress } from './command.ts';
export { describeError, exitOf, exitOfCode, exitOfVerdict, printable, worstExit } from './exit.ts';
export { textOrJson } from './format.ts';
export type { ExitCode } from './exit.ts';
