import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import t from 'tap';
import { customer } from '../fixtures/shop-client.ts';
import { edgeContract } from './contract.ts';
import { eachSubject, limitsEachSubject } from './rate.ts';

const edge = await edgeContract({
  stack: 'fixtures/stacks/nginx-envoy',
  rateLimits: eachSubject(1, 100),
  neverSays: /nginx|\r\nserver:|reason/i,
  tokens: { oversized: 400, 'a second header': 400 },
  requests: {
    'a method in lower case': 400,
    'up and over': 400,
    'up and over, escaped': 400,
    'up and over, with an escaped slash': 400,
    'an escaped slash': 400,
    'an escaped digit': 400,
    'an escaped subject': 400,
    'an empty segment': 400,
    'a parameter of a segment': 400,
    'a scheme and a host in the target': 400,
    'the name of the subrequest': 404,
    'an asterisk': 400,
  },
  hosts: {
    'other.holdfast.test': 421,
    'shop.holdfast.test.': 421,
    'shop.holdfast.test.other.test': 421,
  },
  underscored: 200,
  keepsNamed: true,
  log: {
    id: 'id',
    atMs: ({ at }) => Number(at) * 1000,
    refused: { method: 'GET', path: '/catalogue/log', status: 401, flags: '', reason: 'token-missing' },
    complaint: /\[(warn|error|crit|alert|emerg)\]/,
    // Of `user`, which matters to root alone, it says something either way.
    innocent: /initgroups|"user" directive/,
  },
  accepts: {
    policies: 24,
    ways: ['mutual-tls', 'sidecar', 'clear'],
    checkers: [
      {
        image: 'nginx',
        program: 'for file in /t/*/edge/nginx.conf; do nginx -e stderr -t -c $file || echo REFUSED $file; done',
        accepted: /test is successful/,
        options: ['--tmpfs', '/var/journal', '--tmpfs', '/run/nginx', '--add-host', 'storefront:127.0.0.1'],
      },
      {
        image: 'opa',
        program:
          'for file in /t/*/authorizer/policy.rego; do opa check --strict $file && echo accepted || echo REFUSED $file; done',
        accepted: /^accepted$/,
      },
    ],
  },
});
const { outside, seenBy, logged, running } = edge;
const token = running.authority.token(customer);

limitsEachSubject(edge, {
  asked: 140,
  passes: (seconds) => [98, 110 + seconds],
  logged: { status: 429, flags: 'rate-limit' },
});

t.test('the log says which part of the edge refused', async (t) => {
  for (const [path, host, flags] of [
    ['/catalogue//7', 'shop.holdfast.test', 'path-not-canonical'],
    ['/catalogue/7', 'other.holdfast.test', 'host'],
  ] as const) {
    const { id, text } = await outside('GET', path, null, [], host);
    t.notMatch(text, /nginx/);
    t.match(await logged(id), { flags, reason: '' });
  }
});

t.test('an authorizer that stands still, or is gone, refuses everything', async (t) => {
  const { stdout } = await execa('docker', ['ps', '--format', '{{.Names}} {{.Label "holdfast.role"}}']);
  const [authorizer] = stdout
    .split('\n')
    .filter((line) => line.startsWith(`holdfast-test-${process.pid}-`) && line.endsWith(' authorizer'))
    .map((line) => line.split(' ')[0]!);
  const refused = async (why: string): Promise<void> => {
    const answer = await outside('GET', '/catalogue/7', token);
    t.equal(answer.status, 500, why);
    t.strictSame(await seenBy(answer.id), [], why);
    t.match(await logged(answer.id), { status: 500, flags: /^authorizer-50[24]$/, reason: '' }, why);
  };
  await execa('docker', ['pause', authorizer!]);
  await refused('it stands still');
  await execa('docker', ['unpause', authorizer!]);
  t.equal((await outside('GET', '/catalogue/7', token)).status, 200, 'it goes on');
  await execa('docker', ['kill', authorizer!]);
  await refused('it is gone');
  await execa('docker', ['start', authorizer!]);
  let status: number | null = null;
  for (let tries = 0; tries < 50 && status !== 200; tries++) {
    await sleep(100);
    ({ status } = await outside('GET', '/catalogue/7', token));
  }
  t.equal(status, 200, 'it is back');
});
