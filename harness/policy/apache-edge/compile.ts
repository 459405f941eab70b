import type { Compiler } from '../compiler.ts';
import { process } from './base.ts';
import { checkExpressible } from './expressible.ts';
import { limiting, limitsOf } from './limits.ts';
import { logging } from './log.ts';
import { elsewhere, site } from './site.ts';
import { script } from './strip.ts';
import { publicTls } from './tls.ts';

/**
 * Compiles a policy for Apache httpd at the edge: `edge/httpd.conf`, and `edge/edge.lua` for what no directive says. Throws
 * `inexpressible`.
 *
 * mod_oauth2 verifies signatures; what else a token must be, and the rules, are expressions of `Require`. What is checked less than
 * Envoy can: the certificate of the mesh by its DNS name alone, for httpd compares no URI with a server's.
 */
export const apacheEdge: Compiler = (policy, stack) => {
  checkExpressible(policy, stack);
  const limits = limitsOf(policy);
  const sections = [
    [
      `# Apache httpd at the edge, compiled by Holdfast from the policy "${policy.id}" for the stack "${stack.id}".`,
      '# To try a change, put a changed copy or a .diff into an overlay.',
    ],
    process(stack, limits.length > 0),
    logging,
    ...(limits.length > 0 ? [limiting(limits)] : []),
    publicTls(policy),
    elsewhere(stack),
    site(policy, stack, limits),
  ];
  return new Map([
    ['edge/edge.lua', script],
    ['edge/httpd.conf', `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`],
  ]);
};
