/** Policy to HAProxy 3.0 at the edge: one configuration, which HAProxy itself enforces, tokens included. */
export { haproxyEdge } from './compile.ts';
