/** The stack that a command is about where none is named. */
export const defaultStack = 'envoy-envoy';
