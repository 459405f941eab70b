import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { HoldfastError } from '../../model/index.ts';
import type { Place, Plan, Trace } from '../../model/index.ts';
import { discoverAttackMetas, projectRoot } from '../discover/index.ts';
import { readTrace } from '../trace/index.ts';
import { nearest, readYamlDocument } from '../yaml/index.ts';
import { planSchema } from './schema.ts';
import { wants } from './wants.ts';

/** A plan with what it names: its own file and its trace, with absolute paths. */
export type OpenedPlan = {
  readonly plan: Plan;
  readonly file: string;
  readonly trace: Trace;
  readonly traceFile: string;
  /** The plan to fall back to where time is short, an absolute path; null where it names none. */
  readonly lighterFile: string | null;
  /** The line of each of the plan's globs of attacks. */
  readonly attackLines: readonly number[];
  /** Where each phase's actions stand. */
  readonly actionPlaces: readonly (readonly Place[])[];
};

/** As `openPlan`; the plan alone. Throws `bad-input`. */
export const readPlan = (fileOrId: string, root: string = projectRoot): Plan => openPlan(fileOrId, root).plan;

/**
 * Reads a plan by id (`scenarios/plans/<id>.yaml`) or by path, and its trace (an id of `fixtures/traces`, or a path from
 * the plan's folder), and checks that they fit: known stack, attack globs that match, phases within the trace, a lighter plan that is there.
 * Throws `bad-input` with the place.
 */
export const openPlan = (fileOrId: string, root: string = projectRoot): OpenedPlan => {
  const file = locate(fileOrId, root);
  const { value: plan, placeOf } = readYamlDocument(file, planSchema);
  const refuse = (path: readonly PropertyKey[], expected: string, found: string, hint: string): never => {
    throw new HoldfastError('bad-input', `expected ${expected}, found ${found}`, { hint, place: placeOf(path) });
  };

  const stem = basename(file).replace(/\.ya?ml$/, '');
  if (plan.id !== stem) refuse(['id'], `the name of the file, "${stem}"`, `"${plan.id}"`, 'make the two agree');

  const stacks = foldersWith(join(root, 'fixtures/stacks'), 'stack.yaml');
  if (!stacks.includes(plan.stack))
    refuse(['stack'], 'a stack of fixtures/stacks', `"${plan.stack}"`, suggestion(plan.stack, stacks));

  const traceFile = /[/\\]/.test(plan.trace)
    ? resolve(dirname(file), plan.trace)
    : join(root, 'fixtures/traces', `${plan.trace}.csv`);
  if (!existsSync(traceFile))
    refuse(['trace'], 'a trace of fixtures/traces, or a path', `"${plan.trace}"`, 'see fixtures/traces/README.md');
  const trace = readTrace(traceFile);

  const seconds = trace.perSecond.length;
  plan.phases.forEach((phase, i) => {
    const { fromS, toS } = phase.trace;
    if (plan.phases.findIndex(({ id }) => id === phase.id) !== i)
      refuse(['phases', i, 'id'], 'each phase once', `"${phase.id}" again`, 'rename one of the two');
    if (toS <= fromS)
      refuse(
        ['phases', i, 'trace', 'toS'],
        `more than fromS, ${fromS}`,
        String(toS),
        'a phase covers at least one second of the trace',
      );
    if (toS > seconds)
      refuse(
        ['phases', i, 'trace', 'toS'],
        `at most ${seconds}, the length of the trace`,
        String(toS),
        'choose a range within the trace',
      );
    if (phase.durationMs < plan.interceptionMs) {
      refuse(
        ['phases', i, 'durationMs'],
        `at least interceptionMs, ${plan.interceptionMs}`,
        String(phase.durationMs),
        'lengthen the phase or shorten the windows',
      );
    }
  });
  if (!plan.phases.some(({ trace: { fromS, toS } }) => trace.perSecond.slice(fromS, toS).some((n) => n > 0))) {
    refuse(['phases'], 'a phase with requests in its part of the trace', 'none', 'choose a busier part of the trace');
  }

  const metas = [...discoverAttackMetas(root).values()].map(({ meta }) => meta);
  plan.attacks.forEach((glob, i) => {
    if (metas.some((meta) => wants([glob], meta))) return;
    refuse(
      ['attacks', i],
      'a glob that matches an attack',
      `"${glob}"`,
      suggestion(
        glob,
        metas.flatMap(({ id, name }) => [id, name]),
      ),
    );
  });

  plan.load.routes.forEach((route, i) => {
    if (plan.load.routes.findIndex(({ id }) => id === route.id) !== i)
      refuse(['load', 'routes', i, 'id'], 'each route once', `"${route.id}" again`, 'rename one of the two');
  });
  const { capacity } = plan.load;
  if ('steps' in capacity && capacity.toPerSecond < capacity.fromPerSecond) {
    refuse(
      ['load', 'capacity', 'toPerSecond'],
      `at least fromPerSecond, ${capacity.fromPerSecond}`,
      String(capacity.toPerSecond),
      'the ramp goes upwards',
    );
  }
  const lighterFile = plan.lighter === undefined ? null : lighterOf(plan.lighter, file, root);
  if (lighterFile !== null && !existsSync(lighterFile))
    refuse(
      ['lighter'],
      'a plan of scenarios/plans, or a path',
      `"${plan.lighter}"`,
      suggestion(plan.lighter!, planIds(root)),
    );
  const attackLines = plan.attacks.map((_glob, i) => placeOf(['attacks', i]).line ?? 1);
  // For what an older plan says as `reloads` this is the place of its phase: what is not there stands where what holds it does.
  const actionPlaces = plan.phases.map(({ actions = [] }, p) =>
    actions.map((_action, i) => placeOf(['phases', p, 'actions', i])),
  );
  return { plan, file, trace, traceFile, lighterFile, attackLines, actionPlaces };
};

const lighterOf = (named: string, file: string, root: string): string =>
  isPath(named) ? resolve(dirname(file), named) : join(root, 'scenarios/plans', `${named}.yaml`);

const isPath = (fileOrId: string): boolean => /[/\\]|\.ya?ml$/.test(fileOrId);

const planIds = (root: string): readonly string[] => {
  const folder = join(root, 'scenarios/plans');
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => name.slice(0, -'.yaml'.length))
        .toSorted()
    : [];
};

const locate = (fileOrId: string, root: string): string => {
  if (isPath(fileOrId)) return resolve(fileOrId);
  const ids = planIds(root);
  if (ids.includes(fileOrId)) return join(root, 'scenarios/plans', `${fileOrId}.yaml`);
  throw new HoldfastError('bad-input', `expected a plan of scenarios/plans, found "${fileOrId}"`, {
    hint: suggestion(fileOrId, ids),
  });
};

const foldersWith = (parent: string, name: string): readonly string[] =>
  existsSync(parent)
    ? readdirSync(parent)
        .filter((entry) => existsSync(join(parent, entry, name)))
        .toSorted()
    : [];

const suggestion = (word: string, known: readonly string[]): string => {
  const near = nearest(word, known);
  return near === undefined ? `known: ${known.join(', ') || 'none'}` : `did you mean "${near}"?`;
};
