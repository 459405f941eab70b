/** Policy to an Istio mesh without Kubernetes: the resources and the mesh configuration that its control plane reads from files. */
export { istioMesh } from './compile.ts';
