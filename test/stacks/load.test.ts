import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import t from 'tap';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { readStack } from '../../harness/declare/stack/index.ts';
import { docker, freeSubnets, labels, readRecipe, removeRun } from '../../harness/execute/engine/index.ts';
import { createAuthority, requestId } from '../../harness/execute/identity/index.ts';
import { startLoad } from '../../harness/execute/load/index.ts';
import type { LoadOptions } from '../../harness/execute/load/index.ts';
import type { Arrival, RouteSlot } from '../../harness/model/index.ts';

const run = `test-load-${process.pid}`;
const scratch = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
chmodSync(scratch, 0o700);
t.teardown(async () => {
  await removeRun(run);
  rmSync(scratch, { recursive: true, force: true });
});

// A server that answers only what the replay must send: over TLS 1.3, with the token of the route and an identity.
const server = `
const { readFileSync } = require('node:fs');
const secret = (name) => readFileSync('/secrets/edge-public/' + name);
require('node:https').createServer({ key: secret('key.pem'), cert: secret('cert.pem') }, (request, response) => {
  request.resume();
  const ok = request.headers.authorization === 'Bearer token-of-customer-1' && /^test-load-.*\\.legit\\.\\d+\\./.test(request.headers['x-holdfast-id']);
  setTimeout(() => response.writeHead(ok ? 200 : 400).end(), request.url === '/slow' ? 300 : 0);
}).listen(8443);
`;
writeFileSync(join(scratch, 'server.cjs'), server);

const stack = readStack(resolve(import.meta.dirname, '../../fixtures/stacks/envoy-envoy'));
const authority = await createAuthority({
  run,
  stack,
  policy: readPolicy(stack.policy),
  now: new Date(),
  validForMs: 3_600_000,
});
await authority.writeSecrets(join(scratch, 'secrets'));

const subnet = (await freeSubnets()).public;
await docker().createNetwork({
  Name: `${run}_public`,
  Labels: labels(run, 'load'),
  IPAM: { Config: [{ Subnet: subnet }] },
});
const target = await docker().createContainer({
  Image: readRecipe('workload').reference,
  Labels: labels(run, 'workload'),
  Entrypoint: ['node', '/server.cjs'],
  HostConfig: {
    NetworkMode: `${run}_public`,
    Binds: [`${scratch}/server.cjs:/server.cjs:ro`, `${scratch}/secrets:/secrets:ro`],
  },
  NetworkingConfig: { EndpointsConfig: { [`${run}_public`]: { Aliases: ['shop.holdfast.test'] } } },
});
await target.start();

const slot = (path: string): RouteSlot => ({
  id: path.slice(1),
  method: 'GET',
  path,
  subject: 'customer-1',
  claims: {},
  crosses: [],
});
const every = (count: number, gapMs: number, route: number): readonly Arrival[] =>
  Array.from({ length: count }, (_, i) => [i * gapMs, 0, route]);

let segment = 0;
const options = (more: Partial<LoadOptions>): LoadOptions => ({
  docker: docker(),
  run,
  image: readRecipe('k6').reference,
  network: `${run}_public`,
  scratch: join(scratch, `load-${segment++}`),
  arrivals: every(200, 5, 0),
  routes: [slot('/catalogue'), slot('/slow')],
  tokens: ({ subject }) => `token-of-${subject}`,
  requestIds: (seq) => requestId(run, 'key', 'legit', seq),
  firstSeq: 100,
  url: 'https://shop.holdfast.test:8443',
  timeoutMs: 1000,
  virtualUsers: 20,
  caFile: join(scratch, 'secrets/edge-public/ca.pem'),
  ...more,
});
const containers = async () =>
  docker().listContainers({ all: true, filters: { label: [`holdfast=${run}`, 'holdfast.role=load'] } });

t.test('every arrival is sent, not before its time, with its token and identity, over verified TLS', async (t) => {
  const load = await startLoad(options({}));
  const origin = await load.origin;
  t.ok(origin > Date.now(), 'the origin is known before it is there');
  const results = await load.finished;
  t.equal(results.length, 200);
  t.strictSame(new Set(results.map(({ status, error }) => `${status} ${error}`)), new Set(['200 null']));
  t.strictSame(
    results.map(({ seq }) => seq),
    Array.from({ length: 200 }, (_, i) => 100 + i),
  );
  t.ok(results.every(({ dueMs, sentMs, endMs }) => sentMs! >= dueMs - 0.01 && endMs! > sentMs!));
  t.strictSame(await containers(), []);
});

t.test('a target whose certificate does not verify gets no request', async (t) => {
  const load = await startLoad(options({ caFile: join(scratch, 'secrets/edge/ca.pem'), arrivals: every(5, 5, 0) }));
  t.strictSame(
    new Set((await load.finished).map(({ status, error }) => `${status} ${error}`)),
    new Set(['null unknown-authority']),
  );
});

t.test('a starved generator records what it sent late and what it dropped', async (t) => {
  const load = await startLoad(options({ virtualUsers: 2, arrivals: every(60, 20, 1), timeoutMs: 600 }));
  const results = await load.finished;
  const dropped = results.filter(({ error }) => error === 'dropped');
  const sent = results.filter(({ sentMs }) => sentMs !== null);
  t.equal(dropped.length + sent.length, 60);
  t.ok(dropped.length > 0 && sent.length > 0);
  t.ok(
    Math.max(...sent.map(({ sentMs, dueMs }) => sentMs! - dueMs)) > 300,
    'lateness beyond one answer is in the record',
  );
});

t.test('stopped in the middle: what there is, the rest unrecorded, nothing left', async (t) => {
  const load = await startLoad(options({ arrivals: every(2000, 50, 0) }));
  await load.origin;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await load.stop();
  await load.stop();
  const errors = new Set((await load.finished).map(({ error }) => error));
  t.ok(errors.has('unrecorded') && errors.has(null));
  t.strictSame(await containers(), []);
});

t.test('k6 that cannot begin says why', async (t) => {
  const load = await startLoad(options({ timeoutMs: Number.NaN }));
  await t.rejects(load.origin, { code: 'internal', message: /ended with [1-9]\d*: could not .*invalid duration/ });
  await t.rejects(load.finished, { code: 'internal' });
  await t.rejects(startLoad(options({ image: 'holdfast/absent:1' })), { code: 'internal', message: /No such image/i });
  t.strictSame(await containers(), []);
});

t.test('without arrivals there is an origin, and nothing to wait for', async (t) => {
  const load = await startLoad(options({ arrivals: [] }));
  t.ok((await load.origin) > Date.now());
  t.strictSame(await load.finished, []);
});
