/**
 * Policy to OPA, the authorizer that an edge asks about each request where it verifies no token itself: nginx by `auth_request`,
 * Traefik by `forwardAuth`. Both call this, so that the two ask the same component the same question.
 */
export { authorizerFiles } from './compile.ts';
export { authorizer } from './contract.ts';
