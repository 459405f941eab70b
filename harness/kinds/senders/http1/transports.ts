/** HTTP/1.1 over TLS, and in clear. */
export const transports = ['tls', 'plain'] as const;
