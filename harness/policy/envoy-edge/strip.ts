import { extension } from '../envoy/index.ts';
import type { Json } from '../envoy/index.ts';
import { subjectHeader } from './jwt.ts';

/** Headers by which a client could name itself, another address, another path or another method to what stands behind the edge. */
const names = [
  'forwarded',
  'via',
  'x-real-ip',
  'true-client-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'cf-connecting-ip',
  'fastly-client-ip',
  'x-original-url',
  'x-original-uri',
  'x-original-host',
  'x-rewrite-url',
  'x-host',
  'x-http-host-override',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-user',
  'x-user-id',
  'x-username',
  'x-role',
  'x-roles',
  'x-groups',
  'x-email',
  'x-remote-user',
  'remote-user',
  subjectHeader,
];

const prefixes = ['x-forwarded-', 'x-envoy-', 'x-authenticated-', 'x-auth-request-', 'x-ssl-client-', 'ssl-client-'];

/**
 * Removes those headers before anything else reads the request (CWE-290, CWE-345). Envoy adds afterwards what it knows itself:
 * X-Forwarded-For and X-Forwarded-Proto of the connection, and the verified subject.
 */
export const stripIdentity: Json = extension(
  'envoy.http.early_header_mutation.header_mutation',
  'envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation',
  {
    mutations: [
      ...prefixes.map((prefix): Json => ({ remove_on_match: { key_matcher: { prefix, ignore_case: true } } })),
      ...names.map((name): Json => ({ remove: name })),
    ],
  },
);
