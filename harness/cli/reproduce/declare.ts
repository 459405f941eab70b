import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch } from 'diff';
import { compilersOf, discoverProducts, projectRoot } from '../../declare/discover/index.ts';
import { readPolicy } from '../../declare/policy/index.ts';
import { digestFolders, digestHarness, sha256 } from '../../declare/run/index.ts';
import type { Declared } from '../../declare/run/index.ts';
import { discoverStacks, hopsOf, membersOf } from '../../declare/stack/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Stack } from '../../model/index.ts';
import { renderConfiguration } from '../../policy/index.ts';
import { planOfPart } from '../../reproduce/index.ts';
import type { Bundle, Part } from '../../reproduce/index.ts';

/** The stack of a bundle as this version knows it. Throws `bad-input` where it does not. */
export const stackOfBundle = ({ stack }: Bundle): Stack => {
  const stacks = discoverStacks();
  const found = stacks.find(({ id }) => id === stack.id);
  if (found !== undefined) return found;
  throw new HoldfastError(
    'bad-input',
    `expected the stack ${stack.id} of the incident in fixtures/stacks, found none`,
    {
      hint: `put its folder there, as it was; there are: ${stacks.map(({ id }) => id).join(', ')}`,
    },
  );
};

/**
 * A run of a part: the recorded configuration is mounted whole, and the plan is the recorded one with the part's phases. What checks
 * it, and the images, are those of this version; the report has their digests. Effects: reads files.
 */
export const declarePart = (bundle: Bundle, part: Part, stack: Stack): Declared => {
  const plan = planOfPart(bundle, part);
  const files = new Map(Object.entries(bundle.configuration));
  const attacks = bundle.attacks
    .filter(({ id }) => plan.attacks.includes(id))
    .map((meta) => {
      const forms = part.schedule.attacks.find(({ id }) => id === meta.id)?.forms ?? [];
      return { meta, attack: { attempts: () => forms }, definition: meta.definition ?? '', advice: meta.advice ?? [] };
    });
  return {
    plan,
    stack,
    hops: hopsOf(stack),
    policy: bundle.policy,
    // The arrivals stand in the part: no trace is read.
    trace: { id: plan.trace, source: 'recorded', perSecond: [] },
    required: attacks,
    selected: attacks,
    only: null,
    overlay: null,
    byHand: null,
    recorded: { files, overlay: bundle.overlay },
    seed: bundle.run.seed,
    today: dayOf(bundle),
    compilers: { edge: {}, mesh: {} },
    endpoints: [],
    places: [],
    digests: {
      plan: sha256(JSON.stringify(plan)),
      trace: bundle.digests['trace'] ?? '',
      policy: bundle.digests['policy'] ?? '',
      catalogue: digestFolders(projectRoot, ['scenarios/attacks']),
      harness: digestHarness(projectRoot),
      dependencies: sha256(readFileSync(join(projectRoot, 'package-lock.json'))),
    },
  };
};

const dayOf = ({ run }: Bundle): string => run.startedAt.slice(0, 10);

/**
 * What this version would mount for the stack and its own policy, with the recorded overlay applied where it fits; or why it would
 * mount nothing, in words. Effects: reads files.
 */
export const renderedNow = async (bundle: Bundle, stack: Stack): Promise<ReadonlyMap<string, string> | string> => {
  const compilers = compilersOf(await discoverProducts());
  try {
    const rendered = new Map(
      renderConfiguration(readPolicy(stack.policy, membersOf(stack)), stack, { today: dayOf(bundle), compilers }),
    );
    for (const { file, diff } of bundle.overlay) {
      const patched = applyPatch(rendered.get(file) ?? '', diff);
      if (patched !== false) rendered.set(file, patched);
    }
    return rendered;
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return error.message;
  }
};

/** Digests of the policy and, where it is one of fixtures/traces, of the trace of a bundle, as the files are now; null where there is none. */
export const filesNow = ({ plan }: Bundle, stack: Stack): Readonly<Record<string, string | null>> => {
  const digest = (file: string): string | null => {
    try {
      return sha256(readFileSync(file));
    } catch {
      return null;
    }
  };
  const policy = { policy: digest(stack.policy) };
  return /[/\\]/.test(plan.trace)
    ? policy
    : { ...policy, trace: digest(join(projectRoot, 'fixtures/traces', `${plan.trace}.csv`)) };
};

/**
 * A bundle may come from anybody, and what its compose file says is run. Throws `bad-input` where that is not what this version makes
 * of the stack, overlay applied: an overlay that changes it is for a person to read first. A run folder is this machine's own.
 */
export const refuseForeignCompose = async (bundle: Bundle, stack: Stack, file: string): Promise<void> => {
  const plain = await renderedNow({ ...bundle, overlay: [] }, stack);
  const own = typeof plain === 'string' ? undefined : plain.get('compose.yaml');
  if (statSync(file).isDirectory() || bundle.configuration['compose.yaml'] === own) return;
  throw new HoldfastError('bad-input', `expected the compose file of ${stack.id}, found another one in the bundle`, {
    hint: 'it says what is run on this machine: read it (configuration."compose.yaml"), and if you trust it, add --trust',
    place: { file },
  });
};
