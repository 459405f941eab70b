import type { Attack, TokenAlteration } from '../../../harness/model/index.ts';
import { alteredTokens, routeOf } from '../../../harness/declare/forms/index.ts';

const misplaced: readonly TokenAlteration[] = [
  'expired',
  'not-yet-valid',
  'no-expiry',
  'wrong-issuer',
  'wrong-audience',
  'wrong-type',
];

/** E3: each on the catalogue, where authentication alone decides, and on a route that needs a role. */
export const attack: Attack = {
  attempts: ({ stack, policy }) =>
    (['catalogue', 'orders'] as const).flatMap((id) => alteredTokens(stack, routeOf(policy, id), misplaced)),
};
