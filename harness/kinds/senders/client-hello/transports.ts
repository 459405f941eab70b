/** The first message of a TLS handshake alone. */
export const transports = ['hello'] as const;
