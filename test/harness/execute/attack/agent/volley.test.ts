import { readFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import type { Test } from 'tap';
import { readPolicy } from '../../../../../harness/declare/policy/index.ts';
import { readStack } from '../../../../../harness/declare/stack/index.ts';
import type { Job, Request, Result, Slot } from '../../../../../harness/execute/attack/job.ts';
import { resolveTargets } from '../../../../../harness/execute/attack/agent/targets.ts';
import { runJob } from '../../../../../harness/execute/attack/agent/volley.ts';
import { createAuthority } from '../../../../../harness/execute/identity/index.ts';
import type { CertificateAlteration } from '../../../../../harness/model/index.ts';

const stack = readStack(join(import.meta.dirname, '../../../../../fixtures/stacks/envoy-envoy'));
const authority = await createAuthority({
  run: 'r1',
  stack,
  policy: readPolicy(stack.policy),
  now: new Date(),
  validForMs: 3_600_000,
});
const valid = authority.certificate({ service: 'orders' });

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return (server.address() as AddressInfo).port;
};

const seen: { id: string; headers: string[] }[] = [];
const answer: Parameters<typeof createHttp>[1] = (request, response) => {
  seen.push({ id: String(request.headers['x-holdfast-id']), headers: request.rawHeaders });
  response.end(`path ${request.url}`);
};
const mtls = await listen(
  createHttps(
    {
      cert: valid.cert,
      key: valid.key,
      ca: valid.ca,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.3',
    },
    answer,
  ),
);
const clear = await listen(createHttp(answer));
const h2c = await listen(createHttp2((_request, response) => response.end()) as unknown as Server);
const silent = await listen(createServer(() => {}));
const hangup = await listen(createServer((socket) => socket.on('data', () => socket.end())));

const request = (change: Partial<Request>): Request => ({
  to: 'orders',
  port: mtls,
  transport: 'tls',
  maximum: null,
  hello: null,
  certificate: 'valid',
  servername: 'orders',
  verify: null,
  method: 'GET',
  path: '/orders/mallory/1',
  headers: [
    ['host', 'orders'],
    ['x-holdfast-id', '{id}'],
  ],
  proof: null,
  own: null,
  ...change,
});

const alterations: readonly CertificateAlteration[] = ['self-signed', 'expired', 'not-yet-valid', 'wrong-ca'];
const certificates: Job['certificates'] = {
  valid,
  ...Object.fromEntries(alterations.map((alter) => [alter, authority.certificate({ service: 'storefront', alter })])),
};

/** Fires the requests together, or one after another, and gives the results in their order. */
const fire = async (
  t: Test,
  requests: readonly Request[],
  fresh: readonly (0 | 1)[],
  spacingMs = 0,
): Promise<readonly Result[]> => {
  const slots = fresh.map((each, i): Slot => [
    i * spacingMs,
    Math.min(i, requests.length - 1),
    each,
    'attack',
    i,
    `id-${i}`,
  ]);
  const job: Job = {
    origin: String(process.hrtime.bigint()),
    timeoutMs: 1000,
    prefix: 'p-',
    requests,
    certificates,
    ca: valid.ca,
    slots,
  };
  const file = join(t.testdir(), 'results');
  await runJob(job, { orders: '127.0.0.1' }, file);
  const results = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Result);
  return results.sort((a, b) => a[1] - b[1]);
};

t.test('what is refused, and how it is called', async (t) => {
  const cases: readonly (readonly [expected: number | string, change: Partial<Request>])[] = [
    [200, {}],
    [200, { verify: { kind: 'uri', name: 'spiffe://shop.holdfast.test/orders' } }],
    ['peer-unverified', { verify: { kind: 'uri', name: 'spiffe://shop.holdfast.test/payments' } }],
    ['peer-unverified', { verify: { kind: 'hostname', name: 'elsewhere' } }],
    ['tls-alert:certificate-required', { certificate: null }],
    // Node's server hangs up without an alert; Envoy's alerts are in test/stacks.
    ...alterations.map((alter) => ['closed', { certificate: alter }] as const),
    ['closed', { transport: 'plain', certificate: null }],
    ['closed', { transport: 'h2c', certificate: null }],
    [200, { transport: 'plain', port: clear }],
    [200, { transport: 'h2c', port: h2c }],
    ['timeout', { transport: 'plain', port: silent }],
    ['timeout', { transport: 'tls', port: silent }],
    ['closed', { transport: 'plain', port: hangup }],
    ['tls:wrong-version-number', { port: clear }],
    ['ECONNREFUSED', { transport: 'plain', port: 1 }],
  ];
  const results = await fire(
    t,
    cases.map(([, change]) => request(change)),
    cases.map(() => 1 as const),
  );
  for (const [i, [expected, change]] of cases.entries()) {
    const [, , sent, end, status, error] = results[i]!;
    t.equal(status ?? error, expected, JSON.stringify(change));
    t.ok(BigInt(end) >= BigInt(sent) && (status === null) !== (error === null), 'one outcome, after it was sent');
  }
  t.equal(
    new Set(results.map(([, , , , , , connection]) => connection)).size,
    cases.length,
    'each on a connection of its own',
  );
});

t.test('connections: shared where the peer lets them, never where an attempt is to have its own', async (t) => {
  const results = await fire(t, [request({ transport: 'plain', port: clear })], [0, 0, 1, 0], 40);
  const [a, b, own, c] = results.map(([, , , , , , connection]) => connection);
  t.equal(a, b);
  t.equal(a, c);
  t.not(a, own);
});

t.test('what a request says', async (t) => {
  seen.length = 0;
  const spoofed = request({
    transport: 'plain',
    port: clear,
    path: '/x/{marker}',
    headers: [
      ['Host', 'Orders'],
      ['X-Holdfast-Id', '{id}'],
      ['X-Forwarded-For', '{markerIp}'],
      ['x-forwarded-for', 'again'],
    ],
    proof: '^path /x/hf-spoof-0$',
  });
  const [result] = await fire(t, [spoofed], [1]);
  t.same(seen, [
    {
      id: 'id-0',
      headers: [
        'Host',
        'Orders',
        'X-Holdfast-Id',
        'id-0',
        'X-Forwarded-For',
        '2001:db8:0:0::1',
        'x-forwarded-for',
        'again',
      ],
    },
  ]);
  t.equal(result?.[7], 1, 'the proof is found in the answer');
});

t.test('no address outside the subnets of the run is sent to', async (t) => {
  await t.rejects(resolveTargets({ orders: ['localhost'] }, ['198.18.0.0/24']), { code: 'foreign-target' });
  t.same(await resolveTargets({ orders: ['localhost'] }, ['198.18.0.0/24', '127.0.0.0/8']), { orders: '127.0.0.1' });
});
