import t from 'tap';
import { ask } from '../fixtures/raw-client.ts';
import { edgeContract } from './contract.ts';
import { eachSubject, limitsEachSubject } from './rate.ts';

const edge = await edgeContract({
  stack: 'fixtures/stacks/haproxy-envoy',
  rateLimits: eachSubject(1, 100),
  neverSays: /haproxy|\r\nserver:/i,
  requests: {
    'up and over': 400,
    'up and over, escaped': 400,
    'up and over, with an escaped slash': 400,
    'an escaped slash': 400,
    'an escaped digit': 400,
    'an escaped subject': 400,
    'an empty segment': 400,
    'a parameter of a segment': 400,
    'a scheme and a host in the target': 400,
    'the name of the subrequest': 400,
    'an asterisk': 400,
  },
  underscored: 400,
  keepsNamed: true,
  log: {
    id: 'id',
    atMs: ({ at }) => Number(at) * 1000,
    refused: { method: 'GET', path: '/catalogue/log', status: 401, reason: 'authentication: no token' },
    complaint: /\[(WARNING|ALERT)\]/,
  },
  accepts: {
    policies: 24,
    ways: ['mutual-tls', 'sidecar', 'clear'],
    expressible: 18,
    checkers: [
      {
        image: 'haproxy',
        program: 'for file in /t/*/edge/haproxy.cfg; do haproxy -c -V -f $file || echo REFUSED $file; done',
        accepted: /Configuration file is valid$/,
      },
    ],
  },
});

limitsEachSubject(edge, { asked: 140, passes: (seconds) => [98, 110 + seconds] });

t.test('a handshake that failed is in the log too', async (t) => {
  await ask({ address: edge.edge, port: 8443, tls: { rejectUnauthorized: false }, path: '/', headers: [] });
  await edge.logged('');
  const log = await edge.running.edgeLog();
  t.ok(log.some(({ reason }) => reason === 'SSL handshake failure'));
});
