import type { Stack } from '../../model/index.ts';

/** Where the parts of the control plane stand in its container. */
export const folders = {
  /** A file system in memory. */
  run: '/run/consul',
  config: '/etc/holdfast/control-plane',
  /** The server's own: certificate, root of the mesh, management token. */
  secrets: '/etc/holdfast/secrets',
  /** A folder for each member: its token is there, and start.sh puts its Envoy's bootstrap configuration beside it. */
  members: '/etc/holdfast/members',
} as const;

/** The file among a member's secrets by which its Envoy finds the control plane. It holds the member's token. */
export const bootstrapFile = 'bootstrap.json';

/** The port for xDS over TLS. */
export const xdsPort = 8503;

/** Consul's data centre, which is a part of each identity. */
export const datacenterOf = ({ identity }: Stack): string => /\/dc\/([a-z0-9-]+)\//.exec(identity)![1]!;
