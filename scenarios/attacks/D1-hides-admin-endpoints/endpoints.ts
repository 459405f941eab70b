/** Administrative endpoints, and what only the endpoint itself answers: a regular expression over the body. */
export const proofs = {
  // Envoy.
  '/config_dump': '"@type": ?"type\\.googleapis\\.com/envoy\\.admin',
  '/server_info': '"hot_restart_version"',
  '/stats':
    '(^|\\n)(server\\.live|cluster_manager\\.[a-z_]+|listener_manager\\.[a-z_]+): [0-9]|<title>Statistics Report for HAProxy',
  '/clusters': '::(added_via_api|observability_name|default_priority)::',
  '/stats/prometheus': '(^|\\n)# TYPE [a-zA-Z_:]+ (counter|gauge|histogram)',
  '/metrics': '(^|\\n)# TYPE [a-zA-Z_:]+ (counter|gauge|histogram)',
  // HAProxy.
  '/haproxy?stats': '<title>Statistics Report for HAProxy',
  '/stats;csv': '(^|\\n)# pxname,svname',
  // Traefik.
  '/api/rawdata': '"(routers|middlewares|services)": ?\\{',
  '/api/version': '"Version": ?"[^"]+", ?"Codename"',
  '/dashboard/': '<title>Traefik',
  // nginx, Apache.
  '/nginx_status': 'Active connections: [0-9]+',
  '/server-status': 'Apache Server Status for|Server Version: Apache',
  '/server-info': 'Apache Server Information',
  // OPA.
  '/v1/policies': '"id": ?"[^"]*", ?"raw": ?"',
  // Consul, Istio.
  '/v1/agent/self': '"Config": ?\\{[^}]*"(Datacenter|NodeName)"',
  '/debug/configz': '"(kind|apiVersion)": ?"',
  '/debug/syncz': '"(proxy|cluster_id)": ?"',
  // The runtime of the workloads.
  '/json/version': '"Protocol-Version"',
} as const;

export type Path = keyof typeof proofs;

/** Usual ports of Envoy, HAProxy, Traefik, nginx, Apache, Consul, OPA, Istio and Node's inspector, each with an endpoint of its product. */
export const usual: readonly (readonly [port: number, path: Path])[] = [
  [15000, '/config_dump'],
  [9901, '/config_dump'],
  [8001, '/server_info'],
  [19000, '/config_dump'],
  [15020, '/stats/prometheus'],
  [15090, '/stats/prometheus'],
  [15014, '/metrics'],
  [8404, '/stats'],
  [8405, '/metrics'],
  [9102, '/metrics'],
  [8080, '/api/rawdata'],
  [8080, '/metrics'],
  [80, '/nginx_status'],
  [80, '/server-status'],
  [8500, '/v1/agent/self'],
  [8181, '/v1/policies'],
  [9229, '/json/version'],
];
