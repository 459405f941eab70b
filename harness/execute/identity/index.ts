/**
 * Who is who in a run: the identities of requests, the run's own certificate authority and token issuer, and the forgeries that
 * attacks present in their place.
 */
export { readRequestId, requestId } from './request-id.ts';
export type { RequestKind } from './request-id.ts';
