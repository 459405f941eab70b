/**
 * Policy to an edge of Traefik: its static configuration (ports, time-outs, log) and the dynamic one of its file provider (TLS,
 * routers, middlewares, transport). Traefik verifies no token itself: it asks an external authorizer about each request.
 */
export { traefikEdge } from './compile.ts';
