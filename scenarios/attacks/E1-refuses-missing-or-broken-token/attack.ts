import type { Attack } from '../../../harness/model/index.ts';
import { alteredTokens, edgeForm, requestOf, routesOf } from '../../../harness/declare/forms/index.ts';

/** Credentials of other schemes; the words in Basic are `admin:admin`. */
const otherSchemes = { basic: 'Basic YWRtaW46YWRtaW4=', digest: 'Digest username="admin"' };

/** E1: every route without a token, or with what is none. */
export const attack: Attack = {
  attempts: (context) =>
    routesOf(context).flatMap((route) => [
      edgeForm(context.stack, route, `no-token@${route.id}`, requestOf(route)),
      ...alteredTokens(context.stack, route, ['empty', 'garbage', 'oversized']),
      ...Object.entries(otherSchemes).map(([scheme, value]) =>
        edgeForm(context.stack, route, `${scheme}-scheme@${route.id}`, {
          ...requestOf(route),
          headers: [['authorization', value]],
        }),
      ),
    ]),
};
