/**
 * The meaning of a policy: a pure function from a request to the decision at the edge and at each hop of the mesh, with the parts
 * of the policy that decide. It is what the enforcers are compared with, and shares nothing with the compilers but the reading of
 * a path.
 */
export { decideEdge } from './edge.ts';
export { decideMesh } from './mesh.ts';
export { decisionsAlong } from './along.ts';
export { partsOf, partsOfLink } from './parts.ts';
export { waiversOf } from './waived.ts';
export type { Credential, EdgeRequest, MeshCall } from './request.ts';
