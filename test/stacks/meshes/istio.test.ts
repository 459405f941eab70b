import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import fc from 'fast-check';
import t from 'tap';
import { readPolicy } from '../../../harness/declare/policy/index.ts';
import { membersOf } from '../../../harness/declare/stack/index.ts';
import type { Policy } from '../../../harness/model/index.ts';
import { decideMesh } from '../../../harness/policy/decide/index.ts';
import { renderConfiguration } from '../../support/render.ts';
import { arbitraryPolicy } from '../../harness/policy/fixtures/arbitrary-policy.ts';
import { routes } from '../edges/cases.ts';
import { imageOf, startStack } from '../fixtures/running-stack.ts';
import { customer, shopClient } from '../fixtures/shop-client.ts';
import { meshContract } from './contract.ts';

const running = await startStack('fixtures/stacks/envoy-istio');
const { authority, stack } = running;
t.teardown(() => running.stop());

const shop = readPolicy(stack.policy);
const client = await shopClient(running);
const { inside, outside, seenBy } = client;

// The agents have their certificates and their listeners a moment after their containers run.
for (let tries = 0; tries < 100; tries++) {
  if ((await outside('POST', '/checkout/alice', authority.token(customer))).status === 200) break;
  await sleep(200);
}

meshContract(running, client, {
  closed: {
    'orders-sidecar': [8080, 15000, 15001, 15004, 15006, 15020, 15021, 15053, 15090],
    edge: [15000, 15001, 15004, 15020, 15021, 15090, 15100],
    'control-plane': [8080, 9876, 15010, 15014, 15017],
  },
});

t.test('the answer names no product', async (t) => {
  for (const { method, path, who } of routes) {
    const { text } = await outside(method, path, authority.token(who));
    t.notMatch(text, /\r\n(server|x-envoy-[a-z-]+):/i);
  }
});

/** What the control plane answers a call of gRPC: its status. */
const grpc = async (path: string, member: string | null): Promise<string> => {
  const address = await running.address('control-plane', 'mesh');
  const identity = member === null ? {} : authority.certificate({ service: member });
  const session = connectHttp2(`https://${address}:15012`, { ...identity, rejectUnauthorized: false });
  try {
    return await new Promise<string>((done, fail) => {
      session.on('error', fail);
      const stream = session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      const status = (headers: Record<string, unknown>) =>
        headers['grpc-status'] !== undefined && done(String(headers['grpc-status']));
      stream.on('response', status);
      stream.on('trailers', status);
      stream.on('error', fail);
      stream.end(Buffer.alloc(5));
    });
  } finally {
    session.destroy();
  }
};

t.test('the control plane signs for nobody and leads nobody without a certificate of the mesh', async (t) => {
  const unauthenticated = '16';
  const sign = '/istio.v1.auth.IstioCertificateService/CreateCertificate';
  const lead = '/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources';
  t.equal(await grpc(sign, null), unauthenticated);
  t.equal(await grpc(lead, null), unauthenticated);
  t.not(await grpc(sign, 'orders'), unauthenticated, 'with one, it is the request that is wrong');
});

/** The folder of the host that is mounted there. */
const mounted = async (service: string, at: string): Promise<string> => {
  const id = (await execa('docker', ['ps', '-q', '--filter', `label=com.docker.compose.service=${service}`])).stdout;
  for (const one of id.split('\n')) {
    const { stdout } = await execa('docker', [
      'inspect',
      '-f',
      '{{json .Mounts}} {{index .Config.Labels "com.docker.compose.project"}}',
      one,
    ]);
    if (!stdout.includes(`holdfast-test-${process.pid}-`)) continue;
    const mounts = JSON.parse(stdout.slice(0, stdout.lastIndexOf(']') + 1)) as {
      Source: string;
      Destination: string;
    }[];
    return mounts.find(({ Destination }) => Destination === at)!.Source;
  }
  throw new Error(`no container of ${service}`);
};

t.test(
  'round trip: running sidecars decide as any policy says, as soon as the control plane has its resources',
  async (t) => {
    const folder = await mounted('control-plane', '/etc/holdfast/resources');
    const enforce = async (policy: Policy) => {
      const files = [...renderConfiguration(policy, stack, { today: '2026-01-01' })].flatMap(([path, text]) =>
        path.startsWith('istio/resources/') ? [[path.slice('istio/resources/'.length), text] as const] : [],
      );
      const names = new Set(files.map(([name]) => name));
      for (const [name, text] of files) await writeFile(join(folder, name), text);
      for (const name of await readdir(folder)) if (!names.has(name)) await rm(join(folder, name));
    };
    const samples = fc.sample(arbitraryPolicy(membersOf(stack)), { numRuns: 40, seed: 7 });
    const rich = samples.filter(({ calls }) => calls.length >= 3).slice(0, 3);
    for (const [i, sample] of rich.entries()) {
      // A call that only this round grants says when it is enforced.
      const sign = { from: 'payments', to: 'storefront', methods: ['GET'], paths: [`/round-${i}`] };
      const calls = [...sample.calls.filter(({ from, to }) => from !== sign.from || to !== sign.to), sign];
      const policy = { ...shop, calls };
      await enforce(policy);
      const deadline = Date.now() + 10_000;
      while (
        (await inside('storefront', 'GET', `/round-${i}`, { service: 'payments' })).status === 403 &&
        Date.now() < deadline
      )
        await sleep(100);
      await sleep(500);
      const asked = calls.flatMap((call) => {
        // An answer to HEAD looks unfinished to this client.
        const method = call.methods.find((one) => one !== 'HEAD') ?? 'HEAD';
        const bases = call.paths.map((path) => path.replace(/\/\*\*$/, ''));
        const paths = bases.flatMap((base) => [base, `${base}/`, `${base}/x`, `${base}x`, `${base}//x`, `${base}/%78`]);
        const other = membersOf(stack).find((one) => one !== call.from)!;
        return [...new Set(paths)].flatMap((target) =>
          [call.from, other].map((from) => ({ from, to: call.to, tls: '1.3' as const, method, target })),
        );
      });
      for (let at = 0; at < asked.length; at += 16)
        await Promise.all(
          asked.slice(at, at + 16).map(async (call) => {
            const answer = await inside(call.to, call.method, call.target, { service: call.from });
            const seen = (await seenBy(answer.id)).length > 0;
            if (seen !== decideMesh(policy, stack, call).allow)
              t.fail(`${JSON.stringify(call)}: ${seen ? 'let in' : 'refused'}`);
          }),
        );
      t.pass(`policy ${i}: ${asked.length} requests`);
    }
    t.equal(rich.length, 3);
    await enforce(shop);
  },
);

t.test('the control plane goes by the mesh configuration that it was given, whatever the floor of TLS', async (t) => {
  const mesh = await running.exec('control-plane', ['pilot-discovery', 'request', 'GET', '/debug/mesh']);
  t.match(mesh, /"trustDomain": ?"shop\.holdfast\.test"/);
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-istio-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'resources'));
  for (const minimum of ['1.2', '1.3'] as const) {
    const files = renderConfiguration({ ...shop, tls: { minimum } }, stack, { today: '2026-01-01' });
    await writeFile(join(folder, 'mesh.yaml'), files.get('istio/mesh.yaml')!);
    const program =
      'timeout 2 pilot-discovery discovery --registries= --configDir=/t/resources --meshConfig=/t/mesh.yaml --httpsAddr=';
    const args = ['run', '--rm', '--network', 'none', '-v', `${folder}:/t:ro`, '--entrypoint', 'sh'];
    const { all } = await execa('docker', [...args, await imageOf('istio'), '-c', `${program} || true`], { all: true });
    t.match(all, /initializing mesh configuration/);
    t.notMatch(all, /Using default mesh/, `TLS ${minimum}`);
  }
});
