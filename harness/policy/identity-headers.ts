/** The header in which the workload learns the verified subject. What a client sends under this name is removed. */
export const subjectHeader = 'x-holdfast-subject';

/** A header by which a client could name itself, another address, host, path or method to what stands behind the edge (CWE-290, CWE-345). */
export type IdentityHeader = {
  /** In lower case. */
  readonly name: string;
  /** What it claims. */
  readonly claims: 'who' | 'address' | 'host' | 'scheme' | 'port' | 'path' | 'method' | 'inside';
  /** A value that it may have: with `{marker}` or `{markerIp}`, which only one attempt uses; `{trustDomain}` and `{member}` of the stack. */
  readonly value: string;
  /** Who reads it: a standard, a product, a library. */
  readonly source: string;
};

const values: Readonly<Record<IdentityHeader['claims'], string>> = {
  who: '{marker}',
  address: '{markerIp}',
  host: '{marker}.example',
  scheme: '{marker}',
  port: '{marker}',
  path: '/{marker}',
  method: '{marker}',
  inside: '{marker}',
};

const row = (
  name: string,
  claims: IdentityHeader['claims'],
  source: string,
  value: string = values[claims],
): IdentityHeader => ({ name, claims, value, source });

/** Whatever begins so is one of them: who reads it may have made up the rest. */
const prefixes = [
  'x-forwarded-',
  'x-envoy-',
  'x-authenticated-',
  'x-auth-request-',
  'x-ssl-client-',
  'ssl-client-',
] as const;

const certificate =
  'By=spiffe://{trustDomain}/{member};Hash=0000000000000000000000000000000000000000000000000000000000000000;Subject="CN={marker}";URI=spiffe://{trustDomain}/{marker}';

/**
 * The one table of identity headers. Every edge removes them, by name and by prefix, before it says itself what it knows; E12 sends each
 * one; and the journal of a workload holds whichever arrives.
 */
export const identityHeaderTable: readonly IdentityHeader[] = [
  row('forwarded', 'address', 'RFC 7239', 'for="[{markerIp}]";proto=https;host={marker}.example'),
  row('via', 'host', 'RFC 9110, section 7.6.3', '1.1 {marker}'),
  row('x-real-ip', 'address', 'nginx, ngx_http_realip_module'),
  row('true-client-ip', 'address', 'Akamai, Cloudflare'),
  row('x-client-ip', 'address', 'Apache httpd, mod_remoteip'),
  row('x-cluster-client-ip', 'address', 'Rackspace, Django'),
  row('cf-connecting-ip', 'address', 'Cloudflare'),
  row('fastly-client-ip', 'address', 'Fastly'),
  row('x-original-url', 'path', 'IIS URL Rewrite; Symfony, CVE-2018-14773'),
  row('x-original-uri', 'path', 'ingress-nginx, auth_request'),
  row('x-original-host', 'host', 'Azure Application Gateway'),
  row('x-rewrite-url', 'path', 'IIS ISAPI_Rewrite; Symfony, CVE-2018-14773'),
  row('x-host', 'host', 'CWE-644'),
  row('x-http-host-override', 'host', 'CWE-644'),
  row('x-http-method', 'method', 'Microsoft OData'),
  row('x-http-method-override', 'method', 'Rails, Symfony, Express method-override'),
  row('x-method-override', 'method', 'Express method-override'),
  row('x-user', 'who', 'CWE-290'),
  row('x-user-id', 'who', 'CWE-290'),
  row('x-username', 'who', 'CWE-290'),
  row('x-role', 'who', 'CWE-290'),
  row('x-roles', 'who', 'CWE-290'),
  row('x-groups', 'who', 'CWE-290'),
  row('x-email', 'who', 'CWE-290'),
  row('x-remote-user', 'who', 'Django RemoteUserMiddleware behind a proxy'),
  row('remote-user', 'who', 'RFC 3875, REMOTE_USER'),
  row(subjectHeader, 'who', 'what the edge itself says of the subject'),
  row('x-forwarded-for', 'address', 'RFC 7239, section 1'),
  row('x-forwarded-host', 'host', 'RFC 7239, section 1'),
  row('x-forwarded-proto', 'scheme', 'RFC 7239, section 1'),
  row('x-forwarded-port', 'port', 'AWS load balancers'),
  row('x-forwarded-prefix', 'path', 'Spring, Traefik'),
  row('x-forwarded-server', 'host', 'Apache httpd, mod_proxy'),
  row('x-forwarded-scheme', 'scheme', 'Rack'),
  row('x-forwarded-ssl', 'scheme', 'Rack, Gunicorn'),
  row('x-forwarded-method', 'method', 'Traefik, ForwardAuth'),
  row('x-forwarded-uri', 'path', 'Traefik, ForwardAuth'),
  row('x-forwarded-client-cert', 'who', 'Envoy, HTTP header manipulation', certificate),
  row('x-forwarded-user', 'who', 'oauth2-proxy'),
  row('x-forwarded-email', 'who', 'oauth2-proxy'),
  row('x-forwarded-groups', 'who', 'oauth2-proxy'),
  row('x-forwarded-preferred-username', 'who', 'oauth2-proxy'),
  row('x-forwarded-subject', 'who', 'CWE-290'),
  row('x-forwarded-fingerprint', 'who', 'certificates of clients, behind proxies that end TLS'),
  row('x-envoy-original-path', 'path', 'Envoy, HTTP header manipulation'),
  row('x-envoy-original-host', 'host', 'Envoy, HTTP header manipulation'),
  row('x-envoy-external-address', 'address', 'Envoy, HTTP header manipulation'),
  row('x-envoy-internal', 'inside', 'Envoy, HTTP header manipulation'),
  row('x-envoy-downstream-service-cluster', 'who', 'Envoy, HTTP header manipulation'),
  row('x-envoy-downstream-service-node', 'who', 'Envoy, HTTP header manipulation'),
  row('x-envoy-peer-metadata-id', 'who', 'Istio, metadata exchange'),
  row('x-authenticated-user', 'who', 'CWE-290'),
  row('x-authenticated-userid', 'who', 'Kong'),
  row('x-auth-request-user', 'who', 'oauth2-proxy'),
  row('x-auth-request-email', 'who', 'oauth2-proxy'),
  row('x-ssl-client-verify', 'who', 'nginx, $ssl_client_verify'),
  row('x-ssl-client-cert', 'who', 'nginx, $ssl_client_cert'),
  row('ssl-client-subject-dn', 'who', 'ingress-nginx'),
  row('ssl-client-cert', 'who', 'ingress-nginx'),
  ...prefixes.map((prefix) =>
    row(`${prefix}holdfast`, 'who', 'a name that nobody knows, behind a prefix that is read'),
  ),
];

const underPrefix = ({ name }: IdentityHeader): boolean => prefixes.some((prefix) => name.startsWith(prefix));

/** What an edge is to remove: names, and whatever begins with a prefix. Derived from the table. */
export const identityHeaders: { readonly names: readonly string[]; readonly prefixes: readonly string[] } = {
  names: identityHeaderTable.filter((header) => !underPrefix(header)).map(({ name }) => name),
  prefixes,
};
