import { edgeContract } from './contract.ts';
import { eachSubject, limitsEachSubject } from './rate.ts';

const edge = await edgeContract({
  stack: 'fixtures/stacks/envoy-envoy',
  rateLimits: eachSubject(1, 100),
  neverSays: /\r\n(server|x-envoy-[a-z-]+):/i,
  requests: { 'up and over, with an escaped slash': 400, 'an escaped slash': 400 },
  underscored: 400,
  keepsNamed: true,
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
