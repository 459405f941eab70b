import { errorWord } from '../../../execute/attack/agent/errors.ts';
import type { Exchange, SenderAgent } from '../../../execute/attack/agent/exchange.ts';
import { template } from '../../../execute/attack/agent/fill.ts';
import type { Request } from '../../../execute/attack/job.ts';
import { connections } from './connection.ts';
import type { Connections } from './connection.ts';
import { responseReader } from './response.ts';
import type { Response } from './response.ts';
import { transports } from './transports.ts';

const bodiless = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** The bytes of a request but for what an attempt fills in. Nothing is normalised: what a form says is what is sent. */
const headOf = ({ method, path, headers }: Request): string =>
  [
    `${method} ${path} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(bodiless.has(method) ? [] : ['content-length: 0']),
    '\r\n',
  ].join('\r\n');

/**
 * HTTP/1.1 over TLS or in clear, on the bare socket: node:http would repair what must be sent broken, and costs thrice as
 * much. No retries. Under TLS 1.3 a refusal of the client's certificate comes after the handshake, so the request is always
 * sent and its answer awaited.
 */
const exchangeOn = (pool: Connections, index: number, request: Request, timeoutMs: number): Exchange => {
  const bytesOf = template(headOf(request));
  const proof = request.proof === null ? null : new RegExp(request.proof);
  return (id, seq, fresh, seen) => {
    const connection = pool.take(index, fresh);
    const reader = responseReader(request.method);
    const settle = (response: Response | null, error: string | null): void => {
      if (connection.listener !== listener) return;
      clearTimeout(timer);
      pool.give(index, connection, !fresh && response !== null && response.reusable);
      const proved = response !== null && proof !== null && proof.test(response.body);
      seen({ status: response?.status ?? null, error, connection: connection.id, proved });
    };
    const send = (): void => void connection.socket.write(bytesOf(id, seq), 'latin1');
    const listener = {
      ready: send,
      data: (bytes: Buffer): void => {
        const state = reader.push(bytes);
        if (state === 'bad') settle(null, 'not-http');
        else if (state !== 'more') settle(state, null);
      },
      failed: (error: unknown): void => settle(null, errorWord(error)),
      closed: (): void => {
        const state = reader.end();
        if (state === 'bad') settle(null, 'closed');
        else settle(state, null);
      },
    };
    const timer = setTimeout(() => settle(null, 'timeout'), timeoutMs);
    connection.listener = listener;
    if (connection.ready) send();
  };
};

export const agent: SenderAgent = {
  transports,
  start: (job, addresses) => {
    const pool = connections(job, addresses);
    return {
      exchange: (index) => exchangeOn(pool, index, job.requests[index]!, job.timeoutMs),
      close: pool.close,
    };
  },
};
