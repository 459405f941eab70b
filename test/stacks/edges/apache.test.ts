import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { customer } from '../fixtures/shop-client.ts';
import { edgeContract } from './contract.ts';

const edge = await edgeContract({
  stack: 'fixtures/stacks/apache-envoy',
  rateLimits: [{ id: 'edge-total', per: 'edge', requestsPerSecond: 20, burst: 400 }],
  says: /\r\nserver: Apache\r\n/i,
  neverSays: /apache\/|holdfast-reason/i,
  tokens: { oversized: 400 },
  requests: {
    'a method in lower case': 501,
    'up and over': 400,
    'up and over, escaped': 400,
    'up and over, with an escaped slash': 404,
    'an escaped slash': 404,
    'an escaped digit': 400,
    'an escaped subject': 400,
    'an empty segment': 400,
    'a parameter of a segment': 400,
    'a scheme and a host in the target': 400,
    'the name of the subrequest': 400,
    'an asterisk': 400,
  },
  hosts: {
    'other.holdfast.test': 421,
    'shop.holdfast.test.': 421,
    'shop.holdfast.test.other.test': 421,
  },
  hellos: { 'another server name': 421, 'no server name': 403 },
  underscored: 200,
  keepsNamed: true,
  log: {
    id: 'id',
    atMs: ({ at }) => Number(at) * 1000,
    refused: { method: 'GET', path: '/catalogue/log', status: 401, reason: 'authentication: no valid token' },
    complaint: /\[\w+:(emerg|crit|error|warn)\]/,
  },
  accepts: {
    policies: 24,
    ways: ['mutual-tls', 'sidecar', 'clear'],
    vary: (policy) => ({
      ...policy,
      waivers: policy.rateLimits.map(({ id }) => ({
        enforcer: 'apache-edge',
        part: `rateLimits.${id}`,
        reason: 'a test',
        expires: '2100-01-01',
      })),
    }),
    expressible: 18,
    checkers: [
      {
        image: 'apache',
        // The script is the same for every policy.
        program: [
          'for folder in /t/[0-9]*; do',
          '  cp $folder/edge/edge.lua /etc/holdfast/edge.lua',
          '  apache2 -t -f $folder/edge/httpd.conf || echo REFUSED $folder',
          'done',
        ].join('\n'),
        accepted: /Syntax OK$/,
        options: ['--tmpfs', '/var/journal', '--tmpfs', '/run/httpd'],
      },
    ],
  },
});
const { outside, logged, running } = edge;
const { authority } = running;
const token = authority.token(customer);

t.test('the log has the reason of each part, as JSON whatever was sent', async (t) => {
  const broken = [
    ['wrong-issuer', 'issuer'],
    ['wrong-audience', 'audience'],
    ['wrong-type', 'token_use'],
    ['not-yet-valid', 'not before'],
  ] as const;
  const cases: readonly (readonly [reason: string, path: string, bearer: string, status: number])[] = [
    ['passed on', '/catalogue/log', token, 200],
    ['rules', '/internal', token, 403],
    ['paths', '/a/%2e%2e/b', token, 400],
    ...broken.map(
      ([alter, name]) =>
        [`authentication: ${name}`, '/catalogue/7', authority.token({ ...customer, alter }), 401] as const,
    ),
  ];
  // What could break out of a line of JSON.
  for (const header of [
    ['x-holdfast-id', 'a"b\\c\u001b'],
    ['user-agent', '"\\'],
  ] as const)
    await outside('GET', '/catalogue/"\\\u001b', token, [header]);
  await outside('G"T', '/catalogue/7', token);
  for (const [reason, path, bearer, status] of cases) {
    const { id } = await outside('GET', path, bearer);
    const entry = await logged(id);
    t.match(entry, { method: 'GET', path, status, reason });
    t.ok(Math.abs(Number(entry?.['at']) * 1000 - Date.now()) < 60_000);
  }
});

t.test('past the limit of the edge everybody gets 429, for the rest of the window', async (t) => {
  await sleep(11_000);
  const statuses = await Promise.all(
    Array.from({ length: 260 }, async (_, i) => {
      const answer = await outside('GET', '/catalogue/7', token, [['X-Forwarded-For', `203.0.113.${i % 256}`]]);
      return answer.status;
    }),
  );
  const passed = statuses.filter((status) => status === 200).length;
  t.equal(passed, 200, 'half of the burst, which is ten seconds of the rate');
  t.equal(statuses.filter((status) => status === 429).length, 60);
  await logged('');
  const refused = (await running.edgeLog()).filter(({ status }) => status === 429);
  t.ok(refused.length >= 60 && refused.every(({ reason }) => reason === 'rateLimits.edge-total'));
});
