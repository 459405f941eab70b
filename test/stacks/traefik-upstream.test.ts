import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import t from 'tap';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { readStack } from '../../harness/declare/stack/index.ts';
import { removeRun } from '../../harness/execute/engine/index.ts';
import { createAuthority } from '../../harness/execute/identity/index.ts';
import { renderConfiguration } from '../support/render.ts';
import { ask } from './fixtures/raw-client.ts';
import { imageOf } from './fixtures/running-stack.ts';

// Traefik alone, between an authorizer and an upstream that write down what they are asked and fail as told: what it passes on, and
// how often.

type Asked = { where: string; method: string; path: string; headers: Record<string, string> };

const root = resolve(import.meta.dirname, '../..');
const run = `holdfast-test-${process.pid}-traefik-upstream`;
const stack = readStack(join(root, 'fixtures/stacks/traefik-envoy'));
const policy = readPolicy(stack.policy);
const authority = await createAuthority({ run, stack, policy, now: new Date(), validForMs: 3_600_000 });
const token = authority.token({ subject: 'alice', claims: { role: 'customer' } });
const docker = async (args: readonly string[]) => (await execa('docker', args)).stdout.trim();
const label = ['--label', `holdfast=${run}`];
const folder = await mkdtemp(join(tmpdir(), 'holdfast-traefik-'));
t.teardown(async () => {
  await removeRun(run);
  await rm(folder, { recursive: true, force: true });
});

/** A network on a subnet that no other run of the tests holds. */
const createNetwork = async (tries = 5): Promise<void> => {
  const subnet = `198.19.${Math.floor(Math.random() * 256)}.0/24`;
  try {
    await docker(['network', 'create', '--internal', '--subnet', subnet, ...label, run]);
  } catch (error) {
    if (tries === 0 || !/overlap/.test(String(error))) throw error;
    await createNetwork(tries - 1);
  }
};
await createNetwork();

/** Traefik on one way to the first service; resolves with a client, and with what was asked. */
const start = async (upstream: 'sidecar' | 'clear', name: string = upstream, change = (text: string) => text) => {
  const own = join(folder, name);
  await mkdir(join(own, 'journal'), { recursive: true });
  await authority.writeSecrets(join(own, 'secrets'));
  const files = renderConfiguration(policy, { ...stack, edge: { ...stack.edge, upstream } }, { today: '2026-01-01' });
  for (const [path, text] of files) {
    await mkdir(join(own, 'config', dirname(path)), { recursive: true });
    await writeFile(
      join(own, 'config', path),
      change(text.replace('http://storefront:15443', 'http://127.0.0.1:8080')),
    );
  }
  const mounts = (pairs: Readonly<Record<string, string>>) =>
    Object.entries(pairs).flatMap(([from, to]) => ['-v', `${from}:${to}`]);
  const recorder = await docker([
    'run',
    '-d',
    ...label,
    '--network',
    run,
    ...mounts({
      [join(own, 'journal')]: '/var/journal',
      [join(root, 'test/stacks/fixtures/recording-upstream.ts')]: '/t/recording-upstream.ts:ro',
    }),
    '--entrypoint',
    'node',
    await imageOf('workload'),
    '/t/recording-upstream.ts',
  ]);
  await docker([
    'run',
    '-d',
    ...label,
    '--network',
    `container:${recorder}`,
    ...mounts({
      [join(own, 'journal')]: '/var/journal',
      [join(own, 'config/edge')]: '/etc/holdfast/traefik:ro',
      [join(own, 'secrets/edge-public')]: '/etc/holdfast/public:ro',
    }),
    '--entrypoint',
    'traefik',
    await imageOf('traefik'),
    '--configFile=/etc/holdfast/traefik/traefik.yaml',
  ]);
  const template = `{{(index .NetworkSettings.Networks "${run}").IPAddress}}`;
  const address = await docker(['inspect', '-f', template, recorder]);
  const outside = (path: string, more: readonly (readonly [string, string])[] = []) =>
    ask({
      address,
      port: 8443,
      tls: { ca: authority.publicCa, servername: 'shop.holdfast.test' },
      path,
      headers: [['Host', 'Shop.holdfast.test:8443'], ['Authorization', `Bearer ${token}`], ...more],
    });
  for (let tries = 0; tries < 50 && (await outside('/catalogue/ready')).status !== 200; tries++) await sleep(100);
  const asked = async (where: string, path: string): Promise<Asked[]> =>
    (await readFile(join(own, 'journal/asked.ndjson'), 'utf8'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Asked)
      .filter((each) => each.where === where && (where === 'authorizer' || each.path === path))
      .filter((each) => where !== 'authorizer' || each.headers['x-forwarded-uri'] === path);
  return { outside, asked };
};

const edges = {
  sidecar: await start('sidecar'),
  clear: await start('clear'),
  kept: await start('clear', 'kept', (text) => text.replace('maxIdleConnsPerHost: -1', 'maxIdleConnsPerHost: 2')),
};

t.test('what goes on to the mesh, and what to the authorizer', async (t) => {
  const { outside, asked } = edges.sidecar;
  const marker = 'hf-spoof-1';
  const claims = ['X-User', 'X-Forwarded-Email', 'X-Forwarded-Uri', 'X-Envoy-Max-Retries', 'X-Ssl-Client-Cert', 'Via'];
  const answer = await outside('/catalogue/a?b=c;d=e', [
    ...claims.map((name) => [name, marker] as const),
    ['x-holdfast-id', 'test.legit.1'],
    ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
    ['Connection', 'Upgrade, x-holdfast-id'],
    ['Upgrade', 'websocket'],
    ['Cookie', 'a=b'],
  ]);
  t.equal(answer.status, 200);
  const [passed, ...again] = await asked('sidecar', '/catalogue/a?b=c%3Bd=e');
  t.strictSame(again, []);
  t.match(passed?.headers, {
    ':authority': 'shop.holdfast.test',
    'x-holdfast-subject': 'alice',
    traceparent: /^00-/,
    cookie: 'a=b',
    'x-forwarded-for': /^198\.19\./,
    'x-forwarded-proto': /^(https|wss)$/,
  });
  t.notMatch(JSON.stringify(passed), marker);
  for (const gone of ['authorization', 'upgrade', 'connection', 'x-holdfast-reason', 'x-forwarded-uri'])
    t.notOk(passed && gone in passed.headers, `${gone} goes no further`);
  const [question] = await asked('authorizer', '/catalogue/a?b=c%3Bd=e');
  t.match(question?.headers, { authorization: `Bearer ${token}`, 'x-forwarded-method': 'GET' });
  t.notMatch(JSON.stringify(question), marker);
  t.notOk(question && 'cookie' in question.headers, 'it gets no more than it has to know');
});

t.test('an authorizer that does not answer lets nothing in', async (t) => {
  const { outside, asked } = edges.clear;
  t.equal((await outside('/catalogue/silent-authorizer')).status, 500);
  t.strictSame(await asked('workload', '/catalogue/silent-authorizer'), []);
});

t.test('a request that was under way when the connection broke is not sent again', async (t) => {
  for (const way of ['sidecar', 'clear'] as const) {
    const { outside, asked } = edges[way];
    const where = way === 'clear' ? 'workload' : way;
    // Behind requests that went well, so that the connection is one that was kept.
    for (const path of ['/catalogue/1', '/catalogue/2']) t.equal((await outside(path)).status, 200);
    for (const path of ['/catalogue/cut-1', '/catalogue/cut-2', ...(way === 'sidecar' ? ['/catalogue/reset'] : [])]) {
      t.match((await outside(path)).status, /^50[0-9]$/, `${way} ${path}`);
      t.equal((await asked(where, path)).length, 1, `${way} ${path}: asked once`);
      t.equal((await outside('/catalogue/next')).status, 200, 'and the next one is served at once');
    }
  }
});

t.test('over kept connections of HTTP/1.1 it would be', async (t) => {
  const { outside, asked } = edges.kept;
  t.equal((await outside('/catalogue/1')).status, 200);
  await outside('/catalogue/cut');
  t.equal((await asked('workload', '/catalogue/cut')).length, 2);
});
