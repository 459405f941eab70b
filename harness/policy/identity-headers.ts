/** The header in which the workload learns the verified subject. What a client sends under this name is removed. */
export const subjectHeader = 'x-holdfast-subject';

/**
 * Headers, in lower case, by which a client could name itself, another address, another path or another method to what stands
 * behind the edge (CWE-290, CWE-345). Every edge removes them, by name and by prefix, before it says itself what it knows.
 */
export const identityHeaders = {
  names: [
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
  ],
  prefixes: ['x-forwarded-', 'x-envoy-', 'x-authenticated-', 'x-auth-request-', 'x-ssl-client-', 'ssl-client-'],
} as const;
