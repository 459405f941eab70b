import type { Attack, TokenAlteration } from '../../../harness/model/index.ts';
import { alteredTokens, deepestRoute, distinct, openRoute } from '../../../harness/declare/forms/index.ts';

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

/** E2: every forgery where authentication alone decides, and where it opens the way to the most services. */
export const attack: Attack = {
  attempts: (context) =>
    distinct([openRoute(context), deepestRoute(context)]).flatMap((route) =>
      alteredTokens(context.stack, route, forgeries),
    ),
};
