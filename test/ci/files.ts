import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../harness/declare/discover/index.ts';

/** A step of the action: a script of its own, or another action. */
export type Step = {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
};

type Action = {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};

export type Job = {
  readonly script: readonly string[];
  readonly cache: readonly { readonly paths: readonly string[] }[];
  readonly artifacts: { readonly paths: readonly string[]; readonly reports: Readonly<Record<string, string>> };
};

type GitLab = { readonly variables: Readonly<Record<string, string>>; readonly holdfast: Job };

export type Workflow = {
  readonly permissions: unknown;
  readonly jobs: {
    readonly holdfast: {
      readonly permissions: unknown;
      readonly 'timeout-minutes': number;
      readonly steps: readonly Step[];
    };
  };
};

/** The text of a file of the repository. */
export const textOf = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

export const paths = {
  action: 'action.yml',
  workflow: '.github/workflows/nightly.yml',
  gitlab: '.gitlab/holdfast.gitlab-ci.yml',
} as const;

export const action = parse(textOf(paths.action)) as Action;
export const workflow = parse(textOf(paths.workflow)) as Workflow;
export const gitlab = parse(textOf(paths.gitlab)) as GitLab;

/** The step of that name. */
export const stepNamed = (name: string): Step => action.runs.steps.find((step) => step.name === name)!;
