import type { Attack, TokenAlteration } from '../../../harness/model/index.ts';
import { alteredTokens, distinct, guardedRoute, openRoute } from '../../../harness/declare/forms/index.ts';

const misplaced: readonly TokenAlteration[] = [
  'expired',
  'not-yet-valid',
  'no-expiry',
  'wrong-issuer',
  'wrong-audience',
  'wrong-type',
];

/** E3: each on a route where authentication alone decides, and on one that needs a role. */
export const attack: Attack = {
  attempts: (context) =>
    distinct([openRoute(context), guardedRoute(context)]).flatMap((route) =>
      alteredTokens(context.stack, route, misplaced),
    ),
};
