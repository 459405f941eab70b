import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import type { Seen } from '../../../../../harness/execute/attack/agent/exchange.ts';
import type { Job, Request } from '../../../../../harness/execute/attack/job.ts';
import { agent } from '../../../../../harness/kinds/senders/http2/agent.ts';

type Received = {
  readonly method: string;
  readonly path: string;
  readonly authority: string;
  readonly headers: object;
};

const received: Received[] = [];
const server = createServer();
server.on('stream', (stream, headers) => {
  const { ':method': method = '', ':path': path = '', ':authority': authority = '', ...rest } = headers;
  received.push({ method, path, authority: String(authority), headers: rest });
  stream.respond({ ':status': path === '/hidden' ? 404 : 200 });
  stream.end();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
t.teardown(() => server.close());

const send = (change: Partial<Request>): Promise<Seen> => {
  const request = {
    to: 'orders',
    port: (server.address() as AddressInfo).port,
    transport: 'h2c',
    servername: 'orders',
    method: 'GET',
    path: '/orders/{marker}',
    headers: [
      ['host', 'ignored'],
      ['X-Holdfast-Id', '{id}'],
    ],
    ...change,
  };
  const job = { requests: [request], timeoutMs: 1000, prefix: 'p-' } as unknown as Job;
  const started = agent.start(job, { orders: '127.0.0.1' });
  return new Promise((resolve) => started.exchange(0)('id-7', 7, false, resolve));
};

t.test('a request over HTTP/2 with prior knowledge, filled in, its authority the server name', async (t) => {
  const seen = await send({});
  t.match(seen, { status: 200, error: null, proved: false });
  t.match(seen.connection, /^p-/, 'the connection of this job');
  const [one] = received.splice(0);
  t.match(one, {
    method: 'GET',
    path: '/orders/hf-spoof-7',
    authority: 'orders',
    headers: { 'x-holdfast-id': 'id-7' },
  });
  t.notOk('host' in (one?.headers ?? {}), 'there is no host beside the authority');
});

t.test('its answer is its status, and no answer has a word', async (t) => {
  t.match(await send({ path: '/hidden' }), { status: 404, error: null });
  // Node cancels the stream before it says that the session was refused.
  t.match(await send({ port: 1 }), { status: null, error: 'not-http' });
});
