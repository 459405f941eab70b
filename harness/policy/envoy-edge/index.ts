/** Policy to an edge of Envoy: TLS, authentication, authorization, rate limits, and nothing believed that a client says of itself. */
export { envoyEdge } from './compile.ts';
