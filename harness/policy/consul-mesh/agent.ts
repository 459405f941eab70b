import type { Stack } from '../../model/index.ts';
import { datacenterOf, folders, xdsPort } from './layout.ts';

/**
 * The configuration of the server, without what only the run knows (start.sh adds that). Of all its ports the network gets to
 * see one, xDS over TLS, where a sidecar shows its token; the HTTP API is a socket in the container's own file system.
 */
export const agent = (stack: Stack): object => ({
  node_name: stack.controlPlane!.service,
  datacenter: datacenterOf(stack),
  primary_datacenter: datacenterOf(stack),
  server: true,
  bootstrap_expect: 1,
  data_dir: `${folders.run}/data`,
  log_level: 'WARN',
  // Raft and gossip have no second member to speak with.
  bind_addr: '127.0.0.1',
  client_addr: '127.0.0.1',
  addresses: { http: `unix://${folders.run}/http.sock`, grpc_tls: '0.0.0.0' },
  unix_sockets: { mode: '0600' },
  ports: { dns: -1, https: -1, grpc: -1, grpc_tls: xdsPort, serf_wan: -1 },
  tls: {
    defaults: {
      ca_file: `${folders.secrets}/ca.pem`,
      cert_file: `${folders.secrets}/cert.pem`,
      key_file: `${folders.secrets}/key.pem`,
      verify_incoming: true,
      verify_outgoing: true,
      tls_min_version: 'TLSv1_2',
    },
    internal_rpc: { verify_server_hostname: true },
    // A sidecar has no certificate before it has spoken here for the first time: it proves itself by its token.
    grpc: { verify_incoming: false, use_auto_cert: false },
  },
  acl: { enabled: true, default_policy: 'deny', down_policy: 'extend-cache' },
  default_intention_policy: 'deny',
  connect: {
    enabled: true,
    ca_provider: 'consul',
    // The id makes the trust domain. A leaf lives for the shortest time that Consul knows, and is renewed without anybody's doing.
    ca_config: { cluster_id: stack.trustDomain.replace(/\.consul$/, ''), leaf_cert_ttl: '1h' },
  },
  peering: { enabled: false },
  ui_config: { enabled: false },
  enable_script_checks: false,
  enable_local_script_checks: false,
  disable_remote_exec: true,
  disable_update_check: true,
  performance: { raft_multiplier: 1 },
});
