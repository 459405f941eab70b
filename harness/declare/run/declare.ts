import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { discoverKinds } from '../../kinds/index.ts';
import { HoldfastError, missingFeatures } from '../../model/index.ts';
import type {
  AdminEndpoint,
  Advice,
  Attack,
  AttackMeta,
  Hop,
  OverlayDiff,
  Plan,
  Policy,
  SourcePlace,
  Stack,
  Trace,
} from '../../model/index.ts';
import type { ByHand } from '../discover/index.ts';
import type { Compilers } from '../../policy/index.ts';
import { compilersOf, discoverAttacks, discoverProducts, endpointsOf, projectRoot } from '../discover/index.ts';
import { featuresOfPlan, onStack, openPlan, selects, wants } from '../plan/index.ts';
import type { OpenedPlan } from '../plan/index.ts';
import { openPolicy } from '../policy/index.ts';
import { hopsOf, membersOf, readStack } from '../stack/index.ts';
import { nearest } from '../yaml/index.ts';
import { adviceFor, readAdvice } from './advice.ts';
import { digestFolders, digestHarness, digestOf, filesBelow, sha256 } from './digests.ts';
import { placesOf } from './places.ts';

export type DeclareOptions = {
  /** Id or path of a plan. */
  readonly plan: string;
  /** Id of a stack; without it the plan's. */
  readonly stack?: string | undefined;
  /** Folder of files that replace or patch rendered configuration. */
  readonly overlay?: string | undefined;
  /** What is changed while the stack runs: part of a sabotage. */
  readonly byHand?: ByHand | undefined;
  /** Glob over attack ids and names that narrows the run. */
  readonly only?: string | undefined;
  readonly seed: string;
  /** The day, `YYYY-MM-DD` in UTC, by which waivers are judged; by default today. */
  readonly today?: string | undefined;
};

/** A run as declared: typed, cross-checked, nothing started. */
export type Declared = {
  readonly plan: Plan;
  readonly stack: Stack;
  readonly hops: readonly Hop[];
  readonly policy: Policy;
  readonly trace: Trace;
  /** The attacks that the plan requires, by id. */
  readonly required: readonly DeclaredAttack[];
  /** Those of them that this run makes: `--only` and what does not apply to the stack are left out. */
  readonly selected: readonly DeclaredAttack[];
  readonly only: string | null;
  readonly overlay: string | null;
  readonly byHand: ByHand | null;
  /** Configuration that was recorded, and is mounted whole in place of what would be rendered. */
  readonly recorded?: Recorded;
  readonly seed: string;
  readonly today: string;
  /** What the configuration is made with; none where it was recorded. */
  readonly compilers: Compilers;
  /** The admin endpoints of all products. */
  readonly endpoints: readonly AdminEndpoint[];
  /** Where the parts of the policy stand, and in the plan what asks for each attack. */
  readonly places: readonly SourcePlace[];
  /** Where the actions of the plan stand, by phase and number; none where it was recorded. */
  readonly actionPlaces?: OpenedPlan['actionPlaces'];
  /** SHA-256 of plan, trace, policy, attacks, harness and lock file. */
  readonly digests: Readonly<Record<string, string>>;
};

/** A recorded configuration, and how it differs from what would be rendered. */
export type Recorded = { readonly files: ReadonlyMap<string, string>; readonly overlay: readonly OverlayDiff[] };

export type DeclaredAttack = {
  readonly meta: AttackMeta;
  readonly attack: Attack;
  /** SHA-256 of its folder without examples and advice. */
  readonly definition: string;
  /** What to set in the products of the stack. */
  readonly advice: readonly Advice[];
};

const root = projectRoot;

/** The examples show that the check works, and advice is for afterwards; what is tried depends on neither. */
const digestDefinition = (folder: string): string =>
  digestOf(
    new Map(
      filesBelow(folder)
        .filter((name) => !/^(examples|remediation)\//.test(name))
        .map((name) => [name, readFileSync(join(folder, name))] as const),
    ),
  );

/** Two runs are of one load where their plans are, and what they replay: also where that stands in the app. */
const digestPlan = (text: string, own: Plan, { load }: Plan): string =>
  sha256(own.load.routes.length > 0 ? text : `${text}${JSON.stringify(load.routes)}`);

/** Reads all that a run needs. Throws `bad-input` with the place, `usage` for an `--only` that matches nothing. Effects: files. */
export const declareRun = async (options: DeclareOptions): Promise<Declared> => {
  const opened = openPlan(options.plan);
  const { file, trace, traceFile } = opened;
  const { plan, stack } = onStack(opened.plan, stackOf(options.stack ?? opened.plan.stack));
  const openedPolicy = openPolicy(stack.policy, membersOf(stack));
  const { policy } = openedPolicy;
  const { only = null, overlay = null, seed, today = new Date().toISOString().slice(0, 10) } = options;
  if (overlay !== null && !statSync(overlay, { throwIfNoEntry: false })?.isDirectory()) {
    throw new HoldfastError('usage', `expected the folder of an overlay, found none at ${overlay}`, {
      hint: 'begin one with: npx holdfast run --render DIR',
    });
  }
  const products = await discoverProducts();
  const does = featuresOfPlan(plan, await discoverKinds());
  const required = [...(await discoverAttacks()).values()]
    .filter(({ meta }) => wants(plan.attacks, meta) && missingFeatures(meta, does, 'plan').length === 0)
    .map(({ meta, attack, folder }) => ({
      meta,
      attack,
      definition: digestDefinition(folder),
      advice: adviceFor(readAdvice(folder), stack),
    }));
  const wanted = required.filter(({ meta }) => only === null || selects([only], meta));
  if (wanted.length === 0) {
    const known = required.flatMap(({ meta }) => [meta.id, meta.name]);
    const near = nearest(only ?? '', known);
    throw new HoldfastError('usage', `expected --only to match an attack of the plan ${plan.id}, found "${only}"`, {
      hint: near ? `did you mean "${near}"?` : `the plan has ${required.map(({ meta }) => meta.id).join(', ')}`,
    });
  }
  return {
    plan,
    stack,
    hops: hopsOf(stack),
    policy,
    trace,
    required,
    selected: wanted.filter(({ meta }) => missingFeatures(meta, stack.features).length === 0),
    only,
    overlay,
    byHand: options.byHand ?? null,
    seed,
    today,
    compilers: compilersOf(products),
    endpoints: endpointsOf(products),
    places: placesOf(
      openedPolicy,
      opened,
      required.map(({ meta }) => meta),
    ),
    actionPlaces: opened.actionPlaces,
    digests: {
      plan: digestPlan(readFileSync(file, 'utf8'), opened.plan, plan),
      trace: sha256(readFileSync(traceFile)),
      policy: sha256(readFileSync(stack.policy)),
      catalogue: digestFolders(root, ['scenarios/attacks']),
      harness: digestHarness(root),
      dependencies: sha256(readFileSync(join(root, 'package-lock.json'))),
    },
  };
};

const stackOf = (id: string): Stack => {
  const folder = join(root, 'fixtures/stacks', id);
  // An id, not a path: what it names is also the name of files that are written.
  if (/^[a-z0-9-]+$/.test(id) && existsSync(join(folder, 'stack.yaml'))) return readStack(folder);
  throw new HoldfastError('usage', `expected a stack of fixtures/stacks, found "${id}"`, {
    hint: 'see: npx holdfast stacks',
  });
};
