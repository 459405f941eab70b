import type { Compiler } from './compiler.ts';
import { apacheEdge } from './apache-edge/index.ts';
import { consulMesh } from './consul-mesh/index.ts';
import { envoyEdge } from './envoy-edge/index.ts';
import { envoyMesh } from './envoy-mesh/index.ts';
import { haproxyEdge } from './haproxy-edge/index.ts';
import { istioMesh } from './istio-mesh/index.ts';
import { nginxEdge } from './nginx-edge/index.ts';
import { traefikEdge } from './traefik-edge/index.ts';

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
