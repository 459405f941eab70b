import type { Request } from '../job.ts';
import type { Connections } from './connection.ts';
import { errorWord } from './errors.ts';
import { template } from './fill.ts';
import { responseReader } from './response.ts';
import type { Response } from './response.ts';

/** What became of an attempt: an answer or the word for why there was none, and the connection that it used. */
export type Seen = {
  readonly status: number | null;
  readonly error: string | null;
  readonly connection: string;
  readonly proved: boolean;
};

/** Sends one attempt; `seen` is called once, whatever happens. */
export type Exchange = (id: string, seq: number, fresh: boolean, seen: (seen: Seen) => void) => void;

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
export const exchangeHttp1 = (pool: Connections, index: number, request: Request, timeoutMs: number): Exchange => {
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
