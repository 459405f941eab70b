import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { execa } from 'execa';
import fc from 'fast-check';
import t from 'tap';
import { certificateAlterations, createAuthority } from '../../harness/execute/identity/index.ts';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { membersOf } from '../../harness/declare/stack/index.ts';
import { identityOf } from '../../harness/model/index.ts';
import type { CertificateAlteration } from '../../harness/model/index.ts';
import { renderConfiguration } from '../../harness/policy/index.ts';
import { arbitraryPolicy } from '../harness/policy/fixtures/arbitrary-policy.ts';
import { ask } from './fixtures/raw-client.ts';
import { imageOf, startStack } from './fixtures/running-stack.ts';

const from = Date.now();
const running = await startStack('fixtures/stacks/envoy-consul');
const { authority, stack } = running;
t.teardown(() => running.stop());

const edge = await running.address('edge', 'public');
const services = ['storefront', 'orders', 'payments'];
let seq = 0;
const nextId = (): string => `test.legit.${seq++}`;
const customer = { subject: 'alice', claims: { role: 'customer' } };

const outside = async (method: string, path: string) => {
  const id = nextId();
  const headers = [
    ['Host', stack.edge.hostname],
    ['x-holdfast-id', id],
    ['Authorization', `Bearer ${authority.token(customer)}`],
  ] as const;
  const tls = { ca: authority.publicCa, servername: stack.edge.hostname };
  return { ...(await ask({ address: edge, port: 8443, tls, method, path, headers })), id };
};

type Certificate = { service: string; alter?: CertificateAlteration };
const inside = async (
  to: string,
  method: string,
  path: string,
  certificate?: Certificate,
  more: readonly (readonly [string, string])[] = [],
) => {
  const id = nextId();
  const pair = certificate === undefined ? {} : authority.certificate(certificate);
  const address = await running.address(`${to}-sidecar`, 'mesh');
  const headers = [['Host', to], ['x-holdfast-id', id], ...more] as const;
  return {
    ...(await ask({ address, port: 15443, tls: { ...pair, rejectUnauthorized: false }, method, path, headers })),
    id,
  };
};

const seenBy = async (id: string): Promise<readonly string[]> => {
  const journals = await Promise.all(services.map(async (name) => ({ name, entries: await running.journal(name) })));
  return journals.filter(({ entries }) => entries.some((entry) => entry.id === id)).map(({ name }) => name);
};

/** Polls until `ready`, for at most `seconds`. */
const within = async (seconds: number, ready: () => Promise<boolean>): Promise<boolean> => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(200)) if (await ready()) return true;
  return false;
};

/** Consul's own command line, with the management token, in the server's container. */
const consul = (...args: readonly string[]) =>
  running.exec('control-plane', [
    'env',
    'CONSUL_HTTP_ADDR=unix:///run/consul/http.sock',
    'CONSUL_HTTP_TOKEN_FILE=/etc/holdfast/secrets/token',
    'consul',
    ...args,
  ]);
const writeEntry = async (entry: object): Promise<void> => {
  await running.exec('control-plane', ['sh', '-c', 'cat > /run/consul/entry.json'], JSON.stringify(entry));
  await consul('config', 'write', '/run/consul/entry.json');
};

t.test('the stack serves within half a minute, each hop with the identity of its caller', async (t) => {
  t.ok(
    await within(
      30 - (Date.now() - from) / 1000,
      async () => (await outside('POST', '/checkout/alice')).status === 200,
    ),
  );
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

t.test('a rule changed by hand changes what is decided, and changed back decides as before', async (t) => {
  const status = async () => (await inside('orders', 'GET', '/orders/alice/7', { service: 'payments' })).status;
  const entry = { Kind: 'service-intentions', Name: 'orders' };
  const { Sources } = JSON.parse(await consul('config', 'read', '-kind', entry.Kind, '-name', entry.Name)) as {
    Sources: object[];
  };
  t.equal(await status(), 403);
  // `consul intention create` refuses to: what began as a configuration entry is changed as one.
  await writeEntry({ ...entry, Sources: [...Sources, { Name: 'payments', Action: 'allow' }] });
  t.ok(await within(10, async () => (await status()) === 200), 'payments is let in');
  await writeEntry({ ...entry, Sources });
  t.ok(await within(10, async () => (await status()) === 403), 'and out again');
});

t.test('the root is exchanged while requests pass', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-rotation-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const next = await createAuthority({
    run: 'rotation',
    stack,
    policy: readPolicy(stack.policy),
    now: new Date(),
    validForMs: 3_600_000,
  });
  await next.writeSecrets(folder);
  const [RootCert, PrivateKey] = await Promise.all(
    ['root.pem', 'root-key.pem'].map((name) => readFile(join(folder, 'control-plane', name), 'utf8')),
  );
  const key = (pem: string) => new X509Certificate(pem).publicKey;
  /** Of which root the certificate is that a sidecar shows, and whether one who trusts the old root alone would believe it. */
  const shownBy = async (service: string): Promise<{ root: 'old' | 'new' | null; believed: boolean }> => {
    const address = await running.address(`${service}-sidecar`, 'mesh');
    const { cert, key: own } = authority.certificate({ service: 'edge' });
    return new Promise((resolve, reject) => {
      const options = { ca: authority.meshCa, cert, key: own, rejectUnauthorized: false };
      const socket = connect({ host: address, port: 15443, ...options, checkServerIdentity: () => undefined }, () => {
        const leaf = socket.getPeerX509Certificate()!;
        const root = leaf.verify(key(authority.meshCa)) ? 'old' : leaf.verify(key(RootCert!)) ? 'new' : null;
        resolve({ root, believed: socket.authorized });
        socket.destroy();
      });
      socket.on('error', reject);
    });
  };
  t.strictSame(await shownBy('payments'), { root: 'old', believed: true });

  const statuses: (number | string | null)[] = [];
  let asking = true;
  const load = Array.from({ length: 4 }, async () => {
    while (asking) {
      const { status, error, text } = await outside('POST', '/checkout/alice');
      statuses.push(status === 200 ? 200 : `${statuses.length}: ${status ?? error} ${text.slice(-80)}`);
      await sleep(25);
    }
  });
  await sleep(1000);
  const Config = { PrivateKey, RootCert, LeafCertTTL: '1h', IntermediateCertTTL: '8760h' };
  await running.exec(
    'control-plane',
    ['sh', '-c', 'umask 077; cat > /run/consul/ca.json'],
    JSON.stringify({ Provider: 'consul', Config }),
  );
  await consul('connect', 'ca', 'set-config', '-config-file', '/run/consul/ca.json');
  const exchanged = await within(60, async () =>
    (await Promise.all(services.map(shownBy))).every(({ root }) => root === 'new'),
  );
  await sleep(2000);
  asking = false;
  await Promise.all(load);
  t.ok(exchanged, 'each sidecar shows a certificate of the new root');
  for (const service of services)
    t.ok(
      (await shownBy(service)).believed,
      `${service}: the old root has signed the new one, for whoever has not heard of it`,
    );
  const lost = statuses.filter((status) => status !== 200);
  t.comment(`${statuses.length} requests during the exchange, ${lost.length} lost`);
  t.ok(statuses.length > 100, `${statuses.length} requests`);
  t.strictSame(lost, [], 'none was lost');
  // Consul keeps the old root among those that are trusted until no leaf of it can be valid any more, twice the life of a leaf.
  t.equal((await inside('orders', 'GET', '/orders/alice/7', { service: 'storefront' })).status, 200);
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
