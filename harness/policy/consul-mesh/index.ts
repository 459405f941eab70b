/** Policy to a Consul Connect mesh: its server's configuration, its configuration entries, and how its sidecars start. */
export { consulMesh } from './compile.ts';
