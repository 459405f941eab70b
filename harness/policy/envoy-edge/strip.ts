import { extension } from '../envoy/index.ts';
import type { Json } from '../envoy/index.ts';
import { identityHeaders } from '../identity-headers.ts';

/**
 * Removes the identity headers of a client before anything else reads the request (CWE-290). Envoy adds afterwards what it knows itself:
 * X-Forwarded-For and X-Forwarded-Proto of the connection, and the verified subject.
 */
export const stripIdentity: Json = extension(
  'envoy.http.early_header_mutation.header_mutation',
  'envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation',
  {
    mutations: [
      ...identityHeaders.prefixes.map((prefix): Json => ({
        remove_on_match: { key_matcher: { prefix, ignore_case: true } },
      })),
      ...identityHeaders.names.map((name): Json => ({ remove: name })),
    ],
  },
);
