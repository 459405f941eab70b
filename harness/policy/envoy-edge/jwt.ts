import type { Policy } from '../../model/index.ts';
import { extension } from '../envoy/index.ts';
import type { Json } from '../envoy/index.ts';
import { subjectHeader } from '../identity-headers.ts';

/** Name of the filter under which the claims of a verified token stand as metadata, and their key there. */
export const jwtFilter = 'envoy.filters.http.jwt_authn';
export const payloadKey = 'payload';

/**
 * Authentication of every request by a bearer token (RFC 6750, section 2.1; RFC 8725). A token is looked for in the Authorization
 * header alone (the filter's default would also take it from a query), must expire, and must name a subject that is one plain
 * path segment, since rules compare it with one. It is not passed on.
 */
export const jwtAuthentication = ({ authentication }: Policy): Json =>
  extension(jwtFilter, 'envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication', {
    providers: {
      issuer: {
        issuer: authentication.issuer,
        audiences: [authentication.audience],
        subjects: { safe_regex: { regex: '[A-Za-z0-9._~-]+' } },
        require_expiration: true,
        clock_skew_seconds: 5,
        // In a file of its own, so that the configuration is the same in every run, and an overlay can replace it.
        local_jwks: { filename: '/etc/holdfast/public/jwks.json' },
        from_headers: [{ name: 'Authorization', value_prefix: 'Bearer ' }],
        forward: false,
        payload_in_metadata: payloadKey,
        claim_to_headers: [{ header_name: subjectHeader, claim_name: 'sub' }],
      },
    },
    rules: [{ match: { prefix: '/' }, requires: { provider_name: 'issuer' } }],
  });
