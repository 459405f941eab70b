import type { Stack } from '../../model/index.ts';
import { canonicalPath } from '../path/index.ts';
import { denyOn } from './denial.ts';
import { literally, whole } from './text.ts';

/**
 * What is refused whoever sends it: another host than the public name; a path that two parties could read differently, a target
 * with a scheme and authority in it included (HAProxy would pass it on as it is); a header whose name has an underscore, which
 * some read as a dash; and a wish to go on in another protocol.
 */
export const wellFormed = (stack: Stack): readonly string[] => [
  ...denyOn(404, [
    {
      reason: 'host',
      when: `!{ req.fhdr_cnt(host) eq 1 } or !{ req.fhdr(host) -m reg -i ${whole(`${literally(stack.edge.hostname)}(:[0-9]+)?`)} }`,
    },
  ]),
  ...denyOn(400, [
    { reason: 'paths', when: `!{ path -m reg ${whole(canonicalPath)} }` },
    { reason: 'paths', when: '!{ req.ver 2.0 } !{ url -m beg / }' },
    { reason: 'headers', when: '{ req.hdr_names -m sub _ }' },
    { reason: 'upgrade', when: '{ req.fhdr_cnt(upgrade) gt 0 }' },
  ]),
];
