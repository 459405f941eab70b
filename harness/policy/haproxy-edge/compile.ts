import type { Compiler } from '../compiler.ts';
import { certificates, defaults, process } from './base.ts';
import { checkExpressible } from './expressible.ts';
import { frontend } from './frontend.ts';
import { limitsOf, tables } from './limits.ts';
import { resolver, upstream } from './upstream.ts';

/**
 * Compiles a policy for HAProxy at the edge: `edge/haproxy.cfg`. Throws `inexpressible`.
 *
 * What HAProxy does not do by itself, and the configuration spells out: `jwt_verify` checks a signature and nothing else, so times,
 * issuer, audience, subject and required claims are rules of their own, each with its reason in the log; a claim may be missing or
 * of another type, and then counts as refused.
 *
 * What is approximated: a rate limit is a token bucket in the policy, and here the rate of admitted requests over the time in which
 * an empty bucket fills (`limits.ts`), which never admits more than the bucket would.
 *
 * What is checked less than Envoy can: the certificate of the mesh by its DNS name alone, for HAProxy compares no URI with a server's.
 */
export const haproxyEdge: Compiler = (policy, stack) => {
  checkExpressible(policy, stack);
  const limits = limitsOf(policy);
  const sections = [
    [
      `# HAProxy at the edge, compiled by Holdfast from the policy "${policy.id}" for the stack "${stack.id}".`,
      '# To try a change, put a changed copy or a .diff into an overlay.',
    ],
    process(policy, limits.length),
    certificates,
    defaults,
    frontend(policy, stack, limits),
    ...limits.map(tables),
    ...resolver(stack),
    upstream(stack),
  ];
  return new Map([['edge/haproxy.cfg', `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`]]);
};
