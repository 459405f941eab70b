/** HTTP/2 in clear with prior knowledge. */
export const transports = ['h2c'] as const;
