import { basename } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { edgeCorpus, meshCorpus } from '../../harness/declare/corpus/index.ts';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { discoverStacks, hopsOf, membersOf } from '../../harness/declare/stack/index.ts';
import { HoldfastError } from '../../harness/model/index.ts';
import type { Policy, Stack } from '../../harness/model/index.ts';
import { compilers, renderConfiguration } from '../support/render.ts';
import { decisionsAlong } from '../../harness/policy/decide/index.ts';
import { randomStream, shuffle } from '../../harness/schedule/random.ts';
import { startStack } from './fixtures/running-stack.ts';
import { differencesOf } from './support/decided.ts';
import { randomPolicy } from './support/random-policy.ts';
import { endpoints } from '../support/products.ts';

/**
 * Random policies, compiled, loaded into the real enforcers and compared with the model request by request. Which stacks: as few of
 * those that are here as it takes until every registered compiler has had its turn.
 */
const policiesEach = 2;
/** Of the requests that are sent for a policy, at most so many that it allows, and so many that it does not. */
const requests = { allowed: 40, denied: 60 } as const;
/** For all stacks together; what a counter-example costs to shrink comes out of it. */
const budgetMs = 170_000;

t.setTimeout(400_000);

const covering = (stacks: readonly Stack[]): readonly Stack[] => {
  const left = new Set([...Object.keys(compilers.edge), ...Object.keys(compilers.mesh)]);
  const chosen: Stack[] = [];
  const gain = ({ compilers: { edge, mesh } }: Stack): number => [edge, mesh].filter((id) => left.has(id ?? '')).length;
  for (;;) {
    const best = stacks.reduce<Stack | null>((a, b) => (gain(b) > (a === null ? 0 : gain(a)) ? b : a), null);
    if (best === null) return chosen;
    chosen.push(best);
    left.delete(best.compilers.edge ?? '');
    left.delete(best.compilers.mesh ?? '');
  }
};

const sound = discoverStacks().filter(({ defaults, compilers: { edge, mesh } }) => defaults === null && edge && mesh);
const only = process.env['HOLDFAST_TEST_STACK'];
const stacks = only === undefined ? covering(sound) : sound.filter(({ id }) => id === only);
const covered = new Set(stacks.flatMap(({ compilers: { edge, mesh } }) => [edge, mesh]));

t.ok(
  only !== undefined || [...Object.keys(compilers.edge), ...Object.keys(compilers.mesh)].every((id) => covered.has(id)),
  `every compiler is in one of ${stacks.map(({ id }) => id).join(', ')}`,
);

const expressible = (policy: Policy, stack: Stack): boolean => {
  try {
    renderConfiguration(policy, stack, { today: '2026-01-01' });
    return true;
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'inexpressible') return false;
    throw error;
  }
};

const sample = (policy: Policy, stack: Stack, seed: number) => {
  const context = { stack, policy, hops: hopsOf(stack), endpoints };
  const all = shuffle([...edgeCorpus(context), ...meshCorpus(context)], randomStream(String(seed), 'round trip'));
  const isAllowed = ({ send }: (typeof all)[number]): boolean => decisionsAlong(policy, stack, send)[0]!.allow;
  return [
    ...all.filter(isAllowed).slice(0, requests.allowed),
    ...all.filter((one) => !isAllowed(one)).slice(0, requests.denied),
  ];
};

for (const stack of stacks) {
  t.test(stack.id, { timeout: 390_000 }, async (t) => {
    const base = readPolicy(stack.policy, membersOf(stack));
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(
        randomPolicy(base, ['edge', ...stack.services.map(({ id }) => id)]),
        fc.nat(),
        async (policy, seed) => {
          fc.pre(expressible(policy, stack));
          const cases = sample(policy, stack, seed);
          const running = await startStack(`fixtures/stacks/${basename(stack.folder)}`, () => policy);
          try {
            const differences = await differencesOf(running, policy, cases);
            sent += cases.length;
            if (differences.length > 0)
              throw new Error(
                differences
                  .slice(0, 5)
                  .map(({ text }) => text)
                  .join('\n'),
              );
          } finally {
            await running.stop();
          }
        },
      ),
      { numRuns: policiesEach, interruptAfterTimeLimit: budgetMs / stacks.length, markInterruptAsFailure: false },
    );
    t.ok(sent > 0, `${sent} requests were decided alike`);
  });
}

t.test(
  'a stack that enforces another policy than the model decides by is found, in words',
  { timeout: 60_000 },
  async (t) => {
    const [stack] = stacks;
    if (stack === undefined) return t.fail('no stack');
    const policy = readPolicy(stack.policy, membersOf(stack));
    const [first] = policy.rules;
    const other = {
      ...policy,
      rules: policy.rules.map((rule) => (rule === first ? { ...rule, paths: rule.paths.slice(1) } : rule)),
    };
    const running = await startStack(`fixtures/stacks/${basename(stack.folder)}`, () => other);
    try {
      const exact = edgeCorpus({ stack, policy, hops: hopsOf(stack), endpoints }).filter(
        ({ variant }) => variant === `exact@${first?.id}`,
      );
      const [difference] = await differencesOf(running, policy, exact);
      t.match(difference?.text, /GET \/catalogue HTTP[^]*edge: policy allow \(rules\.browse-catalogue\), did deny/);
    } finally {
      await running.stop();
    }
  },
);
