import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import t from 'tap';
import { createAuthority } from '../../harness/execute/identity/index.ts';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { startConsul, within } from './fixtures/consul.ts';

const { running, client, token, consul, serves } = await startConsul();
const { authority, stack } = running;
const { services, outside, inside } = client;
t.teardown(() => running.stop());
t.ok(await serves(), 'the stack serves');

const writeEntry = async (entry: object): Promise<void> => {
  await running.exec('control-plane', ['sh', '-c', 'cat > /run/consul/entry.json'], JSON.stringify(entry));
  await consul('config', 'write', '/run/consul/entry.json');
};

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
      const { status, error, text } = await outside('POST', '/checkout/alice', token);
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
