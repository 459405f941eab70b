/**
 * Policy to an edge of open-source nginx: TLS for the one public name, canonical paths, rate limits and the way into the mesh are
 * nginx's own; tokens and rules are asked of the authorizer, since this nginx verifies no JWT.
 */
export { nginxEdge } from './compile.ts';
