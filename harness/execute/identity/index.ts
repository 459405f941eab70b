/**
 * Who is who in a run: the identities of requests, the run's own certificate authority and token issuer, and the forgeries that
 * attacks present in their place.
 */
export { createAuthority } from './authority.ts';
export type { Authority, AuthorityInputs } from './authority.ts';
export { certificateAlterations } from './certificates.ts';
export { readRequestId, requestId } from './request-id.ts';
export type { RequestKind } from './request-id.ts';
export type { Credentials } from './secrets.ts';
