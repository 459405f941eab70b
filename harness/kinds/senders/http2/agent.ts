import { connect, constants } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import type { Request } from '../../../execute/attack/job.ts';
import { errorWord } from '../../../execute/attack/agent/errors.ts';
import type { Exchange, SenderAgent } from '../../../execute/attack/agent/exchange.ts';
import { template } from '../../../execute/attack/agent/fill.ts';
import { transports } from './transports.ts';
import type { Transport } from './transports.ts';

/**
 * Opens a session for a request, by transport. Over TLS it would be `connect('https://…', { createConnection })` with what `tlsDialer`
 * (execute/attack/agent/tls.ts) opens for the protocol `h2`.
 */
type Open = (request: Request, address: string) => ClientHttp2Session;
const opening: Readonly<Record<Transport, Open>> = {
  // With prior knowledge (RFC 9113, section 3.3).
  h2c: ({ port }, address) => connect(`http://${address}:${port}`),
};

/** A request on a connection of its own. */
const exchangeWith = (address: string, request: Request, timeoutMs: number, nextId: () => string): Exchange => {
  const open = opening[request.transport as Transport];
  const path = template(request.path);
  const fields = request.headers.map(([name, value]) => [name.toLowerCase(), template(value)] as const);
  return (id, seq, _fresh, seen) => {
    const connection = nextId();
    const session = open(request, address);
    let settled = false;
    const settle = (status: number | null, error: string | null): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      session.destroy();
      seen({ status, error, connection, proved: false });
    };
    const timer = setTimeout(() => settle(null, 'timeout'), timeoutMs);
    const headers: Record<string, string> = {
      [constants.HTTP2_HEADER_METHOD]: request.method,
      [constants.HTTP2_HEADER_PATH]: path(id, seq),
      [constants.HTTP2_HEADER_AUTHORITY]: request.servername,
    };
    for (const [name, value] of fields) if (name !== 'host') headers[name] = value(id, seq);
    session.on('error', (error) => settle(null, errorWord(error)));
    session.on('close', () => settle(null, 'closed'));
    const stream = session.request(headers, { endStream: true });
    stream.on('response', (answer) => settle(Number(answer[constants.HTTP2_HEADER_STATUS]), null));
    stream.on('error', (error) => settle(null, errorWord(error)));
    stream.on('close', () => settle(null, 'closed'));
  };
};

export const agent: SenderAgent = {
  transports,
  start: (job, addresses) => {
    let opened = 0;
    const nextId = (): string => `${job.prefix}h2-${++opened}`;
    return {
      exchange: (index) => {
        const request = job.requests[index]!;
        return exchangeWith(addresses[request.to]!, request, job.timeoutMs, nextId);
      },
      close: () => undefined,
    };
  },
};
