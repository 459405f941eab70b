/** HTTP/2 in clear with prior knowledge. One that is added here is asked for in agent.ts and recipe.ts by the type. */
export const transports = ['h2c'] as const;
export type Transport = (typeof transports)[number];
