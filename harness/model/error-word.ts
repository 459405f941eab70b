/** What the word of a sender's `error` says: how an attempt ended that got no HTTP answer. */
export type ErrorWord =
  /** The peer ended the handshake with this alert. */
  | { readonly is: 'alert'; readonly alert: string }
  /** The peer went on with the handshake that was offered. */
  | { readonly is: 'server-hello'; readonly version: string }
  /** Nothing came in time. */
  | { readonly is: 'timeout' }
  /** The peer closed or reset the connection. */
  | { readonly is: 'cut' }
  /** Nobody listens there. */
  | { readonly is: 'nobody' }
  /** Whoever listens there does not speak TLS. */
  | { readonly is: 'not-tls' }
  /** Whoever listens there answered with what is no HTTP, such as an alert to a request in clear. */
  | { readonly is: 'not-http' }
  /** No word of the peer: the sender itself failed, or would not go on. It says nothing of the peer. */
  | { readonly is: 'other'; readonly word: string };

/**
 * Every word by which a peer can have refused, but for alerts: a closed list. Whatever is not in it is the sender's own, so that a word
 * that is new, or misspelt, never counts as a refusal.
 */
const plain: Readonly<Record<string, ErrorWord>> = {
  timeout: { is: 'timeout' },
  closed: { is: 'cut' },
  ECONNRESET: { is: 'cut' },
  // What was written to a connection that the peer had closed.
  EPIPE: { is: 'cut' },
  ECONNREFUSED: { is: 'nobody' },
  'not-tls': { is: 'not-tls' },
  'not-http': { is: 'not-http' },
  // Alerts that OpenSSL does not name as alerts (RFC 6066).
  'tls:tlsv1-unsupported-extension': { is: 'alert', alert: 'unsupported-extension' },
  'tls:tlsv1-unrecognized-name': { is: 'alert', alert: 'unrecognized-name' },
};

/** Reads the word of a sender's error; null where there was none. Pure. */
export const errorWord = (error: string | null): ErrorWord | null => {
  if (error === null) return null;
  const known = Object.hasOwn(plain, error) ? plain[error] : undefined;
  if (known !== undefined) return known;
  const [head, ...rest] = error.split(':');
  const said = rest.join(':');
  if (said !== '' && head === 'tls-alert') return { is: 'alert', alert: said };
  if (said !== '' && head === 'server-hello') return { is: 'server-hello', version: said };
  return { is: 'other', word: error };
};
