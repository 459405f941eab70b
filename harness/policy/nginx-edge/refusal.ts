import { block } from './text.ts';
import type { Block, Line } from './text.ts';

/** No path of a policy can be this one: `=` is in no canonical path. */
const page = '/=refused';

/**
 * For a server: nginx's own pages name it, so this one stands for all. The status stays as it is (`error_page` without `=`). It is
 * a URI, for a request that nginx could not read comes to no named location; and what the server decides about a request stands
 * in its locations, for on the way to this one the server is asked again.
 */
export const refusals: readonly Line[] = [
  `error_page 400 401 403 404 405 408 413 414 421 429 494 497 500 502 503 504 ${page}`,
  block(`location = ${page}`, ['internal', 'default_type text/plain', 'return 200 "refused\\n"']),
];

/** What nginx refuses by itself, and why: a name that is not its own, a path that has more than one reading. */
export const refusedByItself: { readonly reasons: Block; readonly host: Line; readonly path: Line } = {
  reasons: block('map "$sent_method $own_host $canonical_path" $why', [
    'default ""',
    '"~^ " malformed',
    '"~ 0 [01]$" host',
    '"~ 0$" path-not-canonical',
  ]),
  host: block('if ($own_host = 0)', ['return 421']),
  path: block('if ($canonical_path = 0)', ['return 400']),
};
