/**
 * Why there was no answer, as one stable word, whatever the library calls it: `ECONNREFUSED`, `ECONNRESET` and other errors
 * of the system by their name; `tls-alert:unknown-ca` and the like for an alert of the peer; `tls:…` for what our own side
 * of TLS found, `peer-unverified` where it does not accept the peer. Besides these, senders say `timeout`, `closed` (the peer
 * closed without an answer) and `not-http`. Pure.
 */
export const errorWord = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return 'unknown';
  const word = (text: string): string => text.toLowerCase().replaceAll('_', '-');
  // OpenSSL prefixes alerts by the version that first had them, which says nothing.
  const alert = /^ERR_SSL_(?:SSL\/TLS|SSLV3|TLSV1|TLSV13)_ALERT_(.+)$/.exec(code)?.[1];
  if (alert !== undefined) return `tls-alert:${word(alert)}`;
  const own = /^ERR_SSL_(.+)$/.exec(code)?.[1];
  if (own !== undefined) return `tls:${word(own)}`;
  if (
    /^(ERR_TLS_CERT|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|HOSTNAME_MISMATCH|INVALID_PURPOSE)/.test(code)
  )
    return 'peer-unverified';
  if (code.startsWith('ERR_HTTP2_')) return 'not-http';
  return code;
};
