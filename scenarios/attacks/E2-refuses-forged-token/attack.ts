import type { Attack, TokenAlteration } from '../../../harness/model/index.ts';
import { alteredTokens, routeOf } from '../../../harness/declare/forms/index.ts';

const forgeries: readonly TokenAlteration[] = [
  'alg-none',
  'no-signature',
  'hs256-with-public-key',
  'injected-jwk',
  'injected-jku',
  'injected-x5c',
  'kid-traversal',
  'zero-signature',
  'stranger-key',
];

/** E2: every forgery where authentication alone decides (the catalogue), and where it opens the whole chain (checkout). */
export const attack: Attack = {
  attempts: ({ stack, policy }) =>
    (['catalogue', 'checkout'] as const).flatMap((id) => alteredTokens(stack, routeOf(policy, id), forgeries)),
};
