import { identityOf } from '../../model/index.ts';
import type { Call, Policy, Stack } from '../../model/index.ts';
import { canonicalPath, parsePath, regexOf } from '../path/index.ts';
import type { Entry } from './entries.ts';

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The caller's certificate, as the sidecar's TLS layer describes it: one element, for a caller's own would stand before it, and
 * in it the one identity. Consul itself looks for the right name among several, and does not compare the data centre, while
 * an X.509-SVID has exactly one URI (SPIFFE X.509-SVID, section 2).
 */
const oneIdentity = (id: string): string =>
  `By=[^;,]*;Hash=[0-9a-f]+;Cert="[^"]*";Chain="[^"]*";Subject="[^"]*";URI=${escape(id)}(;DNS=[^;,]*)*`;

/** One permission for each call: whatever has not one of the methods and one of the paths is denied. */
const source = (stack: Stack, { from, methods, paths }: Call): object => ({
  Name: from,
  Permissions: [
    {
      Action: 'allow',
      HTTP: {
        Methods: methods,
        PathRegex: paths.map((path) => regexOf(parsePath(path))).join('|'),
        Header: [
          { Name: ':path', Regex: `(${canonicalPath})(\\?.*)?` },
          { Name: 'x-forwarded-client-cert', Regex: oneIdentity(identityOf(stack, from)) },
        ],
      },
    },
  ],
});

/** The matrix of the policy as intentions, one entry for each service that is called. Who is not listed is denied. */
export const intentions = (policy: Policy, stack: Stack): readonly Entry[] =>
  [...new Set(policy.calls.map(({ to }) => to))].map((to) => ({
    Kind: 'service-intentions',
    Name: to,
    Sources: policy.calls.filter((call) => call.to === to).map((call) => source(stack, call)),
  }));
