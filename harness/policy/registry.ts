import type { Compiler } from './compiler.ts';
import { apacheEdge } from '../../fixtures/products/apache/compile/edge/index.ts';
import { consulMesh } from '../../fixtures/products/consul/compile/mesh/index.ts';
import { envoyEdge } from '../../fixtures/products/envoy/compile/edge/index.ts';
import { envoyMesh } from '../../fixtures/products/envoy/compile/mesh/index.ts';
import { haproxyEdge } from '../../fixtures/products/haproxy/compile/edge/index.ts';
import { istioMesh } from '../../fixtures/products/istio/compile/mesh/index.ts';
import { nginxEdge } from '../../fixtures/products/nginx/compile/edge/index.ts';
import { traefikEdge } from '../../fixtures/products/traefik/compile/edge/index.ts';

/** The compilers by the ids that a `stack.yaml` names, for each side. */
export const compilers: {
  readonly edge: Readonly<Record<string, Compiler>>;
  readonly mesh: Readonly<Record<string, Compiler>>;
} = {
  edge: {
    'apache-edge': apacheEdge,
    'envoy-edge': envoyEdge,
    'haproxy-edge': haproxyEdge,
    'nginx-edge': nginxEdge,
    'traefik-edge': traefikEdge,
  },
  mesh: { 'consul-mesh': consulMesh, 'envoy-mesh': envoyMesh, 'istio-mesh': istioMesh },
};
