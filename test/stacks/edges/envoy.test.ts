import { edgeContract } from './contract.ts';
import { eachSubject, limitsEachSubject } from './rate.ts';

const edge = await edgeContract({
  stack: 'fixtures/stacks/envoy-envoy',
  rateLimits: eachSubject(1, 100),
  neverSays: /\r\n(server|x-envoy-[a-z-]+):/i,
  tokens: {
    'wrong-audience': 403,
    'wrong-type': 403,
    'a second header': 403,
    // It looks for `Bearer ` anywhere in the value: the token is a sound one, in an odd place.
    'another scheme first': 200,
  },
  requests: {
    'a method in lower case': 400,
    'up and over, with an escaped slash': 400,
    'an escaped slash': 400,
    // RFC 9112, 3.2.2: a server takes the absolute form too.
    'a scheme and a host in the target': 200,
    'an asterisk': 404,
  },
  // It refuses a Connection that names what it adds itself.
  connections: {
    'X-Forwarded-For': 400,
    'X-Forwarded-Host': 400,
    'X-Forwarded-Proto': 400,
    'close, x-holdfast-subject, x-forwarded-for': 400,
    'keep-alive, x-holdfast-subject, x-forwarded-for': 400,
  },
  underscored: 400,
  keepsNamed: false,
  log: {
    id: 'id',
    atMs: ({ at }) => Number(at) * 1000,
    refused: { method: 'GET', path: '/catalogue/log', status: 401, reason: /jwt_authn/ },
    complaint: /deprecated|\[error\]|\[critical\]/i,
  },
  accepts: {
    policies: 8,
    ways: ['mutual-tls'],
    files: (members) => members,
    checkers: [
      {
        image: 'envoy',
        program:
          'for file in /t/*/*/envoy.yaml; do envoy --mode validate -l error -c $file || echo REFUSED $file; done',
        accepted: / OK$/,
        options: ['--tmpfs', '/var/journal'],
      },
    ],
  },
});

limitsEachSubject(edge, { asked: 140, passes: (seconds) => [98, 110 + seconds] });
