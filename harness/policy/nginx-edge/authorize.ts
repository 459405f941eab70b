import { authorizer } from '../opa/index.ts';
import { block } from './text.ts';
import type { Block, Line } from './text.ts';

/** No path of a policy can be this one: `=` is in no canonical path. */
const question = '/=authorize';

const answered = (header: string): string => `$upstream_http_${header.replaceAll('-', '_')}`;

/** For a location: the authorizer is asked about each request, and anything but its yes refuses it. */
export const authorized: readonly Line[] = [
  `auth_request ${question}`,
  `auth_request_set $subject ${answered(authorizer.subjectHeader)}`,
  'auth_request_set $authorizer_status $upstream_status',
  `auth_request_set $authorizer_reason ${answered(authorizer.reasonHeader)}`,
];

/** For a server: the subrequest. It has nothing of the client's request but the method, the raw target, and the credential. */
export const questionLocation: Block = block(`location = ${question}`, [
  'internal',
  'proxy_pass http://authorizer/',
  'proxy_http_version 1.1',
  'proxy_pass_request_body off',
  'proxy_pass_request_headers off',
  'proxy_set_header Host authorizer',
  'proxy_set_header Connection ""',
  'proxy_set_header Content-Length ""',
  'proxy_set_header Authorization $http_authorization',
  `proxy_set_header ${authorizer.methodHeader} $request_method`,
  `proxy_set_header ${authorizer.targetHeader} $request_uri`,
  'proxy_next_upstream off',
  'proxy_connect_timeout 1s',
  'proxy_read_timeout 2s',
]);

/** Kept-alive connections, since every request asks. They end before the authorizer would end them. */
export const authorizerUpstream: Block = block('upstream authorizer', [
  `server ${authorizer.address}:${authorizer.port} max_fails=0`,
  'keepalive 512',
  'keepalive_requests 100000',
  'keepalive_timeout 60s',
]);
