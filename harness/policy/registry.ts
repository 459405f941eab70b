import type { Compiler } from './compiler.ts';
import { envoyEdge } from './envoy-edge/index.ts';
import { envoyMesh } from './envoy-mesh/index.ts';

/** The compilers by the ids that a `stack.yaml` names, for each side. */
export const compilers: {
  readonly edge: Readonly<Record<string, Compiler>>;
  readonly mesh: Readonly<Record<string, Compiler>>;
} = {
  edge: { 'envoy-edge': envoyEdge },
  mesh: { 'envoy-mesh': envoyMesh },
};
