import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import fc from 'fast-check';
import t from 'tap';
import { certificateAlterations } from '../../harness/execute/identity/index.ts';
import { membersOf } from '../../harness/declare/stack/index.ts';
import { identityOf } from '../../harness/model/index.ts';
import { renderConfiguration } from '../support/render.ts';
import { arbitraryPolicy } from '../harness/policy/fixtures/arbitrary-policy.ts';
import { startConsul } from './fixtures/consul.ts';
import { ask } from './fixtures/raw-client.ts';
import { imageOf } from './fixtures/running-stack.ts';

const running = await startConsul();
const { authority, stack, services, outside, inside, seenBy } = running;
t.teardown(() => running.stop());

t.test('the stack serves within half a minute, each hop with the identity of its caller', async (t) => {
  t.ok(await running.serves());
  const answer = await outside('POST', '/checkout/alice');
  t.strictSame(await seenBy(answer.id), services);
  const callers: Record<string, string> = { storefront: 'edge', orders: 'storefront', payments: 'orders' };
  for (const service of services) {
    const entry = (await running.journal(service)).find(({ id }) => id === answer.id);
    t.ok(entry?.x?.endsWith(`;URI=${identityOf(stack, callers[service]!)}`), `${service}: ${entry?.x}`);
  }
});

t.test('a sidecar lets in the callers of the policy and nobody else', async (t) => {
  t.equal((await inside('orders', 'GET', '/orders/alice/7', { service: 'storefront' })).status, 200, 'twin');
  const refused: [string, Awaited<ReturnType<typeof inside>>][] = [
    ['no certificate', await inside('orders', 'GET', '/orders/alice/7')],
    ['payments as caller', await inside('orders', 'GET', '/orders/alice/7', { service: 'payments' })],
    ['the edge, past the storefront', await inside('orders', 'GET', '/orders/alice/7', { service: 'edge' })],
    ['its own certificate', await inside('orders', 'GET', '/orders/alice/7', { service: 'orders' })],
    ['a path that is not granted', await inside('orders', 'GET', '/catalogue/7', { service: 'storefront' })],
    ['a method that is not granted', await inside('payments', 'GET', '/checkout/alice', { service: 'orders' })],
  ];
  for (const path of ['/orders/../orders/7', '/orders//7', '/orders/%61', '/orders/a;b', '/x/../orders/7', '/ORDERS/7'])
    refused.push([path, await inside('orders', 'GET', path, { service: 'storefront' })]);
  for (const alter of certificateAlterations)
    refused.push([alter, await inside('orders', 'GET', '/orders/alice/7', { service: 'storefront', alter })]);
  const forged = `By=spiffe://x;Hash=00;Subject="";URI=${identityOf(stack, 'storefront')}`;
  for (const service of ['payments', 'storefront']) {
    const header = [['x-forwarded-client-cert', forged]] as const;
    refused.push([
      `${service} with a header of its own`,
      await inside('orders', 'GET', '/orders/a/7', { service }, header),
    ]);
  }
  for (const [name, answer] of refused) {
    t.ok([null, 400, 403].includes(answer.status), `${name}: ${answer.status ?? answer.error}`);
    t.strictSame(await seenBy(answer.id), [], name);
  }
});

t.test('nothing else answers in the mesh, and the control plane gives nothing to who shows no token', async (t) => {
  const headers = [['Host', 'x']] as const;
  const refusesAt = async (address: string, port: number, what: string) =>
    t.equal((await ask({ address, port, path: '/v1/agent/self', headers })).error, 'ECONNREFUSED', what);
  const [orders, server, own] = await Promise.all([
    running.address('orders-sidecar', 'mesh'),
    running.address('control-plane', 'mesh'),
    running.address('edge', 'mesh'),
  ]);
  const plain = await ask({ address: orders, port: 15443, path: '/orders/alice/7', headers });
  t.equal(plain.status, null, 'plaintext to the mesh port');
  for (const port of [8080, 15001, 19000]) await refusesAt(orders, port, `orders: ${port}`);
  for (const port of [15001, 15443, 19000]) await refusesAt(own, port, `edge: ${port}`);
  for (const port of stack.controlPlane!.adminPorts.filter((port) => port !== 8503))
    await refusesAt(server, port, `control plane: ${port}`);
  t.equal((await ask({ address: server, port: 8503, path: '/', headers })).status, null, 'xDS in clear');
  const anonymous = await running
    .exec('control-plane', ['env', 'CONSUL_HTTP_ADDR=unix:///run/consul/http.sock', 'consul', 'catalog', 'services'])
    .catch(() => '');
  t.equal(anonymous, '', 'without a token the catalogue is empty');
});

t.test('the logs complain of nothing', async (t) => {
  const lines = (await running.logs())
    .split('\n')
    .filter((line) => /\[(ERROR|error|critical)\]|deprecated/i.test(line));
  t.strictSame(lines, []);
});

t.test('Consul itself accepts what any policy compiles to', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-validate-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await authority.writeSecrets(join(folder, 'secrets'));
  const policies = fc.sample(arbitraryPolicy(membersOf(stack)), { numRuns: 8, seed: 1 });
  for (const [i, policy] of policies.entries()) {
    for (const [path, text] of renderConfiguration(policy, stack, { today: '2026-01-01' })) {
      await mkdir(join(folder, String(i), dirname(path)), { recursive: true });
      await writeFile(join(folder, String(i), path), text);
    }
  }
  const program =
    'for one in /t/[0-9]*; do consul validate $one/control-plane/agent && sh -n $one/control-plane/start.sh && sh -n $one/sidecar/start.sh || echo REFUSED $one; done';
  const mounts = [`${folder}:/t:ro`, `${folder}/secrets/control-plane:/etc/holdfast/secrets:ro`];
  const options = ['--rm', '--network', 'none', ...mounts.flatMap((mount) => ['-v', mount]), '--entrypoint', 'sh'];
  const { stdout } = await execa('docker', ['run', ...options, await imageOf('consul'), '-c', program], { all: true });
  t.equal(stdout.match(/Configuration is valid!/g)?.length, policies.length, stdout);
  t.notMatch(stdout, /REFUSED/);
});
