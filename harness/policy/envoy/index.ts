/** What Envoy at the edge and Envoy as a sidecar have in common: bootstrap, TLS, clusters, and the words of its configuration. */
export { bootstrap } from './bootstrap.ts';
export type { Bootstrap } from './bootstrap.ts';
export { localCluster, meshCluster, outboundCluster } from './cluster.ts';
export { connectionManager, router } from './http.ts';
export { accessPolicies, rbacFilter, refuseOtherSpellings } from './rbac.ts';
export type { RbacPolicy } from './rbac.ts';
export { downstreamTls, ownCertificate, tlsParameters } from './tls.ts';
export { extension } from './extension.ts';
export type { Json } from './extension.ts';
