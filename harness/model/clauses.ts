import type { ControlId } from './verdict.ts';

/**
 * The smallest claims: each attack puts one to the test, and a control is made of its clauses. What the documentation of a product
 * says of one stands under its name in the stack of that product's defaults, so that a new attack on it touches no stack.
 */
export const clauses = {
  authentication: { control: 'edge', claim: 'the edge lets nothing in without a credential' },
  'token-signature': { control: 'edge', claim: 'the edge takes only tokens that the issuer signed' },
  'token-claims': {
    control: 'edge',
    claim: 'the edge takes a token only in its time, for its audience and of its type',
  },
  'identity-headers': {
    control: 'edge',
    claim: 'no identity or origin that a client claims in a header passes the edge',
  },
  authorization: { control: 'edge', claim: 'the edge lets each subject do what its role permits, and nothing else' },
  'no-plaintext': { control: 'mtls', claim: 'no sidecar takes a request in clear' },
  'no-way-around': { control: 'mtls', claim: 'no service answers past its sidecar' },
  'client-certificates': { control: 'mtls', claim: 'a sidecar takes only certificates that the mesh issued' },
  'mesh-authorization': {
    control: 'mtls',
    claim: 'a sidecar lets in only the callers that the policy names, for what it names',
  },
  'server-identity': { control: 'mtls', claim: 'a caller speaks only with the service that it calls' },
  interception: { control: 'mtls', claim: 'who stands on a hop reads nothing and changes nothing' },
  encryption: { control: 'mtls', claim: 'no link carries a packet in clear' },
  'one-policy': { control: 'parity', claim: 'edge and mesh decide each request as the policy does' },
  'tls-floor': { control: 'parity', claim: 'no listener takes TLS below the floor of the policy' },
  'atomic-reload': { control: 'parity', claim: 'a reload never leaves a moment without a whole policy' },
  'no-drift': { control: 'parity', claim: 'an enforcer decides at the end of a run as it did at its beginning' },
  'hidden-endpoints': { control: 'defaults', claim: 'no administration, metrics or debugging answers a network' },
} as const satisfies Readonly<Record<string, { readonly control: ControlId; readonly claim: string }>>;

export type ClauseId = keyof typeof clauses;

export const clauseIds = Object.keys(clauses) as readonly ClauseId[];
