import type { Form, HttpRecipe, Stack, TokenAlteration } from '../../model/index.ts';
import type { Route } from './routes.ts';

/**
 * Share of the attempts at the edge that open a connection of their own: enough independent clusters, without turning the
 * attack into a load test of handshakes.
 */
const freshShare = 0.2;

/** The route's legitimate request, without its token. */
export const requestOf = (route: Route): HttpRecipe => ({ method: route.method, path: route.path, headers: [] });

/** A request from outside to the edge's TLS port that must be refused there; the replayed traffic of the route is its twin. */
export const edgeForm = (stack: Stack, route: Route, variant: string, http: HttpRecipe): Form => ({
  variant,
  target: 'edge',
  vantage: 'outside',
  send: { to: 'edge', port: stack.edge.port, transport: 'tls', freshShare, http },
  twin: { kind: 'traffic', route: route.id },
  evidence: 'witness',
});

/** The route's request with its token altered, one form for each alteration; the variant names both. */
export const alteredTokens = (stack: Stack, route: Route, alterations: readonly TokenAlteration[]): readonly Form[] =>
  alterations.map((alter) =>
    edgeForm(stack, route, `${alter}@${route.id}`, { ...requestOf(route), token: { ...route.token, alter } }),
  );
