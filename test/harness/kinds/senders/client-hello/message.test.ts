import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createServer as createTls } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import t from 'tap';
import { readPolicy } from '../../../../../harness/declare/policy/index.ts';
import { readStack } from '../../../../../harness/declare/stack/index.ts';
import type { Seen } from '../../../../../harness/execute/attack/agent/exchange.ts';
import type { Job } from '../../../../../harness/execute/attack/job.ts';
import { createAuthority } from '../../../../../harness/execute/identity/index.ts';
import { agent } from '../../../../../harness/kinds/senders/client-hello/agent.ts';
import type { Hello } from '../../../../../harness/model/index.ts';

/** The positive control of P2: a server that accepts what is offered is seen to, whatever the TLS library of the sender can do. */
const stack = readStack(join(import.meta.dirname, '../../../../../fixtures/stacks/envoy-envoy'));
const policy = readPolicy(stack.policy);
const authority = await createAuthority({ run: 'r1', stack, policy, now: new Date(), validForMs: 3_600_000 });
const { cert, key } = authority.certificate({ service: 'orders' });

const listen = async (options: TlsOptions | null): Promise<number> => {
  const server =
    options === null ? createServer((socket) => socket.end('nonsense')) : createTls({ cert, key, ...options });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return (server.address() as AddressInfo).port;
};

const offer = (port: number, hello: Hello): Promise<Seen> => {
  const requests = [{ to: 'orders', port, hello, servername: 'orders' }];
  const { exchange } = agent.start({ requests, timeoutMs: 1000, prefix: 'c' } as unknown as Job, {
    orders: '127.0.0.1',
  });
  return new Promise((resolve) => exchange(0)('id', 1, true, resolve));
};

const old = ['TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA'];

t.test('a server that lets it in is seen to, with the version and the suite that it chose', async (t) => {
  const lax = await listen({ minVersion: 'TLSv1', ciphers: 'ALL:eNULL:@SECLEVEL=0' });
  for (const version of ['1.0', '1.1', '1.2'] as const)
    t.match(await offer(lax, { version, suites: old }), { proved: true, error: `server-hello:${version}:${old[0]}` });
  const bare = await listen({ minVersion: 'TLSv1', maxVersion: 'TLSv1.2', ciphers: 'eNULL:aNULL:@SECLEVEL=0' });
  for (const suite of ['TLS_ECDHE_ECDSA_WITH_NULL_SHA', 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA'])
    t.match(await offer(bare, { version: '1.2', suites: [suite] }), {
      proved: true,
      error: `server-hello:1.2:${suite}`,
    });
});

t.test('a server with a floor answers with an alert', async (t) => {
  const strict = await listen({ minVersion: 'TLSv1.3' });
  for (const version of ['ssl-3.0', '1.0', '1.1', '1.2'] as const)
    t.match(await offer(strict, { version, suites: old }), { proved: false, error: /^tls-alert:/ }, version);
  const modern = await listen({ minVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' });
  t.match(await offer(modern, { version: '1.2', suites: ['TLS_RSA_WITH_AES_128_GCM_SHA256'] }), {
    proved: false,
    error: 'tls-alert:handshake-failure',
  });
  t.match(await offer(modern, { version: '1.2', suites: ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'] }), {
    proved: true,
  });
});

t.test('what speaks no TLS, and nobody, are no refusal', async (t) => {
  t.match(await offer(await listen(null), { version: '1.2', suites: old }), { proved: false, error: 'not-tls' });
  t.match(await offer(1, { version: '1.2', suites: old }), { proved: false, error: 'ECONNREFUSED' });
});
