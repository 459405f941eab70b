import type { Resource } from './resource.ts';
import { rootNamespace } from './names.ts';

/** Mutual TLS on every port of every sidecar. Without it a sidecar would also take plaintext, Istio's default being PERMISSIVE. */
export const strict: Resource = {
  apiVersion: 'security.istio.io/v1beta1',
  kind: 'PeerAuthentication',
  metadata: { name: 'default', namespace: rootNamespace },
  spec: { mtls: { mode: 'STRICT' } },
};

/** An AuthorizationPolicy that allows nothing, for all: where it stands, whatever no other one allows is denied. */
export const denyAll: Resource = {
  apiVersion: 'security.istio.io/v1beta1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'deny-all', namespace: rootNamespace },
  spec: {},
};
