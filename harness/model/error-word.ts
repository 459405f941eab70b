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
  | { readonly is: 'other'; readonly word: string };

const plain: Readonly<Record<string, ErrorWord>> = {
  timeout: { is: 'timeout' },
  closed: { is: 'cut' },
  ECONNRESET: { is: 'cut' },
  ECONNREFUSED: { is: 'nobody' },
  'not-tls': { is: 'not-tls' },
};

/** Reads the word of a sender's error; null where there was none. Pure. */
export const errorWord = (error: string | null): ErrorWord | null => {
  if (error === null) return null;
  const known = Object.hasOwn(plain, error) ? plain[error] : undefined;
  if (known !== undefined) return known;
  const [head, ...rest] = error.split(':');
  if (rest.length > 0 && head === 'tls-alert') return { is: 'alert', alert: rest.join(':') };
  if (rest.length > 0 && head === 'server-hello') return { is: 'server-hello', version: rest.join(':') };
  return { is: 'other', word: error };
};
