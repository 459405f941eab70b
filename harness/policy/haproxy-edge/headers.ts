import type { Stack } from '../../model/index.ts';
import { identityHeaders, subjectHeader } from '../identity-headers.ts';

/**
 * Removes the identity headers of a client before a rule could read them (CWE-290). Connection goes too: HAProxy passes on what else
 * it names, and the next hop would take those headers off, the verified subject among them (RFC 9110, section 7.6.1).
 */
export const stripIdentity: readonly string[] = [
  ...['connection', 'http2-settings'].map((name) => `http-request del-header ${name}`),
  ...identityHeaders.prefixes.map((prefix) => `http-request del-header ${prefix} -m beg`),
  ...identityHeaders.names.map((name) => `http-request del-header ${name}`),
];

/** Says to the mesh what the edge itself knows; the token ends here. Answers do not name what made them. */
export const passOn = ({ edge }: Stack): readonly string[] => [
  'http-request del-header authorization',
  `http-request set-header host ${edge.hostname}`,
  'http-request set-header x-forwarded-for %[src]',
  'http-request set-header x-forwarded-proto https',
  `http-request set-header ${subjectHeader} %[var(txn.sub)]`,
  'http-response del-header server',
];
