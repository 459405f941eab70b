import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CommanderError } from 'commander';
import { HoldfastError } from '../model/index.ts';
import { HoldfastCommand } from './command.ts';
import type { CommandContext, CommandModule } from './command.ts';
import { describeError, exitOf, usage } from './exit.ts';
import { watchLifeline } from './lifeline.ts';
import { openLive } from './live/index.ts';

const folder = new URL('commands/', import.meta.url);

/** How long after a first signal further ones are its echo: a terminal sends Ctrl-C to npm, the launcher and us alike. */
const echoMs = 3000;

/** Names of the commands: the files in commands/. */
const commandNames = (): readonly string[] =>
  readdirSync(fileURLToPath(folder))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted();

/** All commands there are. */
export const allCommands = (): Promise<readonly CommandModule[]> => Promise.all(commandNames().map(load));

const load = async (name: string): Promise<CommandModule> => {
  const loaded: { command?: CommandModule } = await import(new URL(`${name}.ts`, folder).href);
  if (loaded.command?.name !== name)
    throw new HoldfastError(
      'internal',
      `expected commands/${name}.ts to export the command '${name}', got ${loaded.command?.name ?? 'none'}`,
    );
  return loaded.command;
};

/** The signal that everything listens to; the second Ctrl-C changes nothing, for taking down is all that is left to do. */
const interruption = (progress: (line: string) => void): AbortSignal => {
  const controller = new AbortController();
  let firstAt = 0;
  const stop = (cause: string): void => {
    if (controller.signal.aborted) {
      if (performance.now() - firstAt > echoMs)
        progress(`${cause}: still taking things down; kill -9 ${process.pid} leaves the rest to the watchdog`);
      return;
    }
    firstAt = performance.now();
    progress(`${cause}: taking everything down`);
    controller.abort(new HoldfastError('interrupted', `stopped: ${cause}`));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop(name));
  watchLifeline(stop);
  return controller.signal;
};

/** Minutes and seconds since the launch, as they stand before each line of progress. */
const elapsed = (ms: number): string =>
  `${String(Math.floor(ms / 60_000)).padStart(2)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`;

const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

/** Lays out the program with the commands given; what commander prints goes to the context's streams. */
export const program = (
  modules: readonly CommandModule[],
  context: CommandContext,
  holdfast = new HoldfastCommand('holdfast'),
): HoldfastCommand => {
  holdfast
    .description(
      'Proves, signed and scored, that a load balancer and a service mesh hold their security posture while the spike is on.',
    )
    .version(version())
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
    })
    .addHelpText('after', examplesText(['npx holdfast setup', 'npx holdfast doctor', 'npm start -- --plan quick']));
  for (const { name, summary, examples, register } of modules) {
    const command = holdfast.command(name).description(summary).allowExcessArguments(false);
    command.addHelpText('after', examplesText(examples));
    register(command, context);
  }
  return holdfast;
};

const examplesText = (examples: readonly string[]): string =>
  `\nExamples:\n${examples.map((line) => `  $ ${line}`).join('\n')}`;

/** Runs the command line `args` (without node and script) and gives the exit code. Never throws. */
export const main = async (args: readonly string[], context: CommandContext): Promise<number> => {
  try {
    const names = commandNames();
    const named = names.find((name) => name === args[0]);
    const modules = await Promise.all((named === undefined ? names : [named]).map(load));
    const holdfast = program(modules, context);
    await holdfast.parseAsync([...args], { from: 'user' });
    if (holdfast.ended === undefined)
      throw new HoldfastError('internal', `expected '${args[0] ?? ''}' to end with an exit code, got none`);
    return holdfast.ended;
  } catch (error) {
    // Commander has printed its own message, with a suggestion; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usage;
    context.stderr.write(describeError(error));
    return exitOf(error);
  }
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  // A reader that closed the pipe (`| head`) is not a fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 255));
  const launched = Number(process.env['HOLDFAST_LAUNCHED']) || Date.now();
  const { live, line: writeLine } = openLive(process.stderr, process.env, () => performance.now());
  const progress = (line: string): void => writeLine(`${elapsed(Date.now() - launched)}  ${line}`);
  const signal = interruption(progress);
  const { stdout, stderr } = process;
  const code = await main(process.argv.slice(2), { signal, stdout, stderr, progress, live });
  // The launcher hears the code first, for a process does not always get past its own end.
  if (process.send === undefined || !process.connected) process.exit(code);
  process.send({ exit: code }, () => process.exit(code));
}
