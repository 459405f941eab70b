import { readFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import tls from 'node:tls';

/**
 * The impostor: a TLS server per listener, each with a certificate of its own, that says what callers do with it. Runs in a
 * container, with a JSON file of listeners as its argument; imports nothing but Node. One JSON object a line on standard output.
 */
type Listener = { readonly port: number; readonly certificate: string };

/** How far a caller came: codes for the harness (events.ts), and words for people, which no code reads. */
type Progress = { readonly handshake: 'none' | 'failed' | 'accepted'; readonly heard: boolean; readonly words: string };
const nothing: Progress = { handshake: 'none', heard: false, words: 'without a handshake' };

const say = (
  event: string,
  port: number,
  detail: string,
  id: string | null = null,
  { handshake, heard }: Progress = nothing,
): void => {
  const atNs = String(process.hrtime.bigint());
  process.stdout.write(`${JSON.stringify({ event, atNs, port, handshake, heard, id, detail })}\n`);
};

const peer = (socket: net.Socket): string => `${socket.remoteAddress}:${socket.remotePort}`;

/** Takes requests in clear from a stream, over HTTP/1 or HTTP/2. 503: whatever the caller makes of it, no service has answered. */
const reader = (port: number): ((stream: net.Socket) => void) => {
  const first = (value: string | string[] | undefined): string | null =>
    Array.isArray(value) ? value[0]! : (value ?? null);
  const http1 = http.createServer((request, response) => {
    say(
      'clear',
      port,
      `${request.method} ${request.url} HTTP/${request.httpVersion}`,
      first(request.headers['x-holdfast-id']),
    );
    response.writeHead(503).end();
  });
  const second = http2.createServer((request, response) => {
    say('clear', port, `${request.method} ${request.url} HTTP/2`, first(request.headers['x-holdfast-id']));
    response.writeHead(503);
    response.end();
  });
  second.on('sessionError', () => undefined);
  http1.on('clientError', (_, socket) => socket.destroy());
  return (stream) => {
    stream.once('readable', () => {
      const chunk = stream.read() as Buffer | null;
      if (chunk === null) return;
      stream.unshift(chunk);
      (chunk.subarray(0, 3).toString('latin1') === 'PRI' ? second : http1).emit('connection', stream);
    });
  };
};

const listen = ({ port, certificate }: Listener): Promise<void> => {
  const read = reader(port);
  const progress = new Map<string, Progress>();
  const secure = tls.createServer({
    cert: readFileSync(`${certificate}/cert.pem`),
    key: readFileSync(`${certificate}/key.pem`),
    ALPNProtocols: ['h2', 'http/1.1'],
  });
  secure.on('secureConnection', (socket) => {
    const alpn = socket.alpnProtocol || 'no ALPN';
    const words = `the caller accepted the certificate, ${socket.getProtocol()}, ${alpn}`;
    const from = peer(socket);
    // Some callers look at the certificate when the handshake is over, and then leave.
    progress.set(from, { handshake: 'accepted', heard: false, words });
    socket.once('readable', () => {
      if (socket.readableLength > 0) progress.set(from, { handshake: 'accepted', heard: true, words });
    });
    socket.on('error', () => undefined);
    read(socket);
  });
  secure.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    const failed = { handshake: 'failed', heard: false, words: 'handshake failed' } as const;
    progress.set(peer(socket), failed);
    say('refused', port, error.code ?? error.message, null, failed);
  });
  const server = net.createServer((socket) => {
    const from = peer(socket);
    progress.set(from, nothing);
    say('connection', port, `from ${from}`);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const { words, ...reached } = progress.get(from) ?? nothing;
      say('closed', port, words, null, { ...reached, words });
      progress.delete(from);
    });
    socket.once('readable', () => {
      const chunk = socket.read() as Buffer | null;
      if (chunk === null) return;
      socket.unshift(chunk);
      if (chunk[0] === 22) secure.emit('connection', socket);
      else read(socket);
    });
  });
  return new Promise((resolve) => server.listen(port, '0.0.0.0', resolve));
};

const listeners = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Listener[];
await Promise.all(listeners.map(listen));
say('ready', 0, `${listeners.length} listeners`);
// The harness holds standard input: without it there is nobody to tell.
process.stdin.resume().on('end', () => process.exit(0));
