import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tlsDialer } from '../../../execute/attack/agent/tls.ts';
import type { Job, Request } from '../../../execute/attack/job.ts';

/** One socket. `id` is its cluster: attempts that shared it are not independent. */
export type Connection = {
  readonly id: string;
  readonly socket: Socket;
  /** Set while a request is on its way; takes what happens to the socket. */
  listener: Listener | null;
  ready: boolean;
};

export type Listener = {
  readonly ready: () => void;
  readonly data: (bytes: Buffer) => void;
  readonly failed: (error: unknown) => void;
  readonly closed: () => void;
};

/**
 * The second is no protocol to speak: an Istio sidecar that takes plaintext as well tells mutual TLS of the mesh by it. Others
 * ignore it.
 */
const protocols = ['http/1.1', 'istio'];

/** Opens and keeps the connections of a job. `addresses`: members, resolved and found to be the run's own. */
export const connections = (job: Job, addresses: Readonly<Record<string, string>>) => {
  const dialTls = tlsDialer(job);
  // Requests that may share a connection share a list.
  const idle = new Map<string, Connection[]>();
  const lists = job.requests.map(({ to, port, transport, maximum, certificate, verify }) => {
    const key = JSON.stringify([to, port, transport, maximum, certificate, verify]);
    if (!idle.has(key)) idle.set(key, []);
    return idle.get(key)!;
  });
  let opened = 0;

  const dial = (request: Request): Socket => {
    const host = addresses[request.to]!;
    if (request.transport !== 'tls') return connect({ host, port: request.port, noDelay: true });
    return dialTls(request, host, protocols);
  };

  const open = (index: number): Connection => {
    const request = job.requests[index]!;
    const socket = dial(request);
    const connection: Connection = { id: `${job.prefix}h1-${++opened}`, socket, listener: null, ready: false };
    const drop = (): void => {
      const list = lists[index]!;
      const at = list.indexOf(connection);
      if (at >= 0) list.splice(at, 1);
    };
    socket.on(request.transport === 'tls' ? 'secureConnect' : 'connect', () => {
      connection.ready = true;
      connection.listener?.ready();
    });
    // Bytes that nobody asked for make the connection useless for the next request.
    socket.on('data', (bytes) => (connection.listener === null ? socket.destroy() : connection.listener.data(bytes)));
    socket.on('error', (error) => (drop(), connection.listener?.failed(error)));
    socket.on('end', () => (drop(), connection.listener?.closed()));
    socket.on('close', () => (drop(), connection.listener?.closed()));
    return connection;
  };

  return {
    /** An idle connection for the request, or a new one. */
    take: (index: number, fresh: boolean): Connection => (fresh ? undefined : lists[index]!.pop()) ?? open(index),
    /** Gives a connection back: kept for the next request, or ended. */
    give: (index: number, connection: Connection, keep: boolean): void => {
      connection.listener = null;
      if (keep) lists[index]!.push(connection);
      else connection.socket.destroy();
    },
    /** Ends the idle ones. */
    close: (): void => {
      for (const list of idle.values()) for (const { socket } of list.splice(0)) socket.destroy();
    },
  };
};
export type Connections = ReturnType<typeof connections>;
