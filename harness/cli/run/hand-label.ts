/** What a stack that was brought up by hand is labelled with, in place of a run. */
export const handLabel = (stack: string): string => `up-${stack}`;
