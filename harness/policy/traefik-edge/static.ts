import type { Stack } from '../../model/index.ts';

/**
 * What Traefik reads once, at its start: one entry point, whose routers all speak TLS; what is not said here is off, the API and the
 * dashboard among it.
 */
export const staticConfiguration = (stack: Stack): object => ({
  global: { checkNewVersion: false, sendAnonymousUsage: false },
  log: { level: 'WARN' },
  accessLog: {
    filePath: '/var/journal/edge.ndjson',
    format: 'json',
    // What is refused ends at a service of Traefik's own, of which it would not speak otherwise.
    addInternals: true,
    fields: {
      defaultMode: 'drop',
      names: Object.fromEntries(
        [
          'StartUTC',
          'RequestMethod',
          'RequestPath',
          'DownstreamStatus',
          'OriginStatus',
          'RouterName',
          'ClientUsername',
        ].map((name) => [name, 'keep']),
      ),
      headers: { defaultMode: 'drop', names: { 'X-Holdfast-Id': 'keep' } },
    },
  },
  entryPoints: {
    public: {
      address: `:${stack.edge.port}`,
      // Nobody outside is believed in what X-Forwarded-* and X-Real-Ip say: Traefik writes them anew.
      forwardedHeaders: { insecure: false, trustedIPs: [] },
      transport: {
        respondingTimeouts: { readTimeout: '10s', writeTimeout: '30s', idleTimeout: '300s' },
        lifeCycle: { graceTimeOut: '500ms' },
      },
      http2: { maxConcurrentStreams: 100 },
      http: {
        tls: {},
        maxHeaderBytes: 61440,
        // The path stays as it was sent: one with a second reading is refused, not cleaned.
        sanitizePath: false,
        // A semicolon in a query would otherwise reach the mesh as an ampersand.
        encodeQuerySemicolons: true,
      },
    },
  },
  providers: { file: { filename: '/etc/holdfast/traefik/dynamic.yaml', watch: true } },
});
