import { block } from './text.ts';
import type { Line } from './text.ts';

/** For a server: nginx's own pages name it, so this one stands for all. The status stays as it is: `error_page` without `=`. */
export const refusals: readonly Line[] = [
  'error_page 400 401 403 404 405 408 413 414 421 429 494 497 500 502 503 504 @refused',
  block('location @refused', ['default_type text/plain', 'return 200 "refused\\n"']),
];
