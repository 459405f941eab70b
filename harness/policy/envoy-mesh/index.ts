/** Policy to Envoy sidecars: one configuration for each service. */
export { envoyMesh } from './compile.ts';
