import { compilersOf, discoverProducts } from '../../harness/declare/discover/index.ts';
import type { Policy, Stack } from '../../harness/model/index.ts';
import { renderConfiguration as render } from '../../harness/policy/index.ts';
import type { Files } from '../../harness/policy/index.ts';

/** The compilers of the products that are here. */
export const compilers = compilersOf(await discoverProducts());

/** The configuration of a stack as those compilers make it. */
export const renderConfiguration = (policy: Policy, stack: Stack, { today }: { readonly today: string }): Files =>
  render(policy, stack, { today, compilers });
