import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { projectRoot } from '../../harness/declare/discover/index.ts';
import type { Ended } from '../support/command.ts';
import { action, gitlab, stepNamed } from './files.ts';

/**
 * Where a job runs: the workspace is its working directory, and what the service would hand to it stands in `temp`. `programs` come
 * before those of the machine.
 */
export type Place = { readonly workspace: string; readonly temp: string; readonly programs?: string };

/** Contexts of GitHub that a step may name: dotted name → value. */
type Contexts = Readonly<Record<string, string>>;

/** An expression of the kind that the action uses, a name alone, replaced by its value; one that nobody gave is an error. */
const filled = (text: string, contexts: Contexts): string =>
  text.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => {
    const value = contexts[name];
    if (value === undefined) throw new Error(`no value for ${name}`);
    return value;
  });

/** The variables of the machine that a test must not inherit from the service that it runs on itself. */
const clean = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || /^(GITHUB_|CI|HOLDFAST)/.test(name) ? [] : [[name, value]],
    ),
  );

const bash = async (script: string, { workspace, programs }: Place, env: Record<string, string>): Promise<Ended> => {
  const path = [...(programs === undefined ? [] : [programs]), process.env['PATH']].join(delimiter);
  // The shell that GitHub documents for `shell: bash`.
  const ended = await execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: workspace,
    env: { ...clean(), PATH: path, ...env },
    extendEnv: false,
    reject: false,
    timeout: 300_000,
  });
  return { code: ended.exitCode ?? -1, out: ended.stdout, err: ended.stderr };
};

/** `name=value` lines, as GITHUB_OUTPUT takes them. */
const outputsIn = (file: string): Readonly<Record<string, string>> =>
  existsSync(file)
    ? Object.fromEntries(
        readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      )
    : {};

export type GitHubStep = Ended & { readonly outputs: Readonly<Record<string, string>>; readonly summary: string };

/** Runs a step of the action as the runner does: its own script, its own environment, filled from inputs and from earlier steps. */
export const runStep = async (
  name: string,
  place: Place,
  inputs: Readonly<Record<string, string>>,
  steps: Contexts = {},
): Promise<GitHubStep> => {
  const { workspace, temp } = place;
  const { run, env = {} } = stepNamed(name);
  const defaults = Object.fromEntries(
    Object.entries(action.inputs).map(([id, input]) => [`inputs.${id}`, input.default]),
  );
  const given = Object.fromEntries(Object.entries(inputs).map(([id, value]) => [`inputs.${id}`, value]));
  const contexts = { 'github.action_path': projectRoot, 'runner.temp': temp, ...defaults, ...given, ...steps };
  mkdirSync(temp, { recursive: true });
  const files = Object.fromEntries(
    ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV', 'GITHUB_PATH'].map((variable) => {
      const file = join(temp, variable);
      writeFileSync(file, '');
      return [variable, file];
    }),
  );
  const own = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, filled(value, contexts)]));
  const ended = await bash(run!, place, { ...own, ...files, GITHUB_WORKSPACE: workspace });
  return {
    ...ended,
    outputs: outputsIn(files['GITHUB_OUTPUT']!),
    summary: readFileSync(files['GITHUB_STEP_SUMMARY']!, 'utf8'),
  };
};

/** Runs lines of the GitLab job, as one script: what they end with is what the job ends with. */
export const runScript = (
  lines: readonly string[],
  place: Place,
  variables: Readonly<Record<string, string>>,
): Promise<Ended> =>
  bash(lines.join('\n'), place, { ...gitlab.variables, ...variables, CI_PROJECT_DIR: place.workspace });
