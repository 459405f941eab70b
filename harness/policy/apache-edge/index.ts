/** Policy to Apache httpd 2.4 at the edge: one configuration, with mod_oauth2 for the signature of tokens and a script for headers. */
export { apacheEdge } from './compile.ts';
