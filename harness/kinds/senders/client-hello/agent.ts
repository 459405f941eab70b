import { connect } from 'node:net';
import type { Request } from '../../../execute/attack/job.ts';
import { clientHello, readAnswer } from './message.ts';
import { errorWord } from '../../../execute/attack/agent/errors.ts';
import type { Exchange, SenderAgent } from '../../../execute/attack/agent/exchange.ts';
import { transports } from './transports.ts';

/**
 * The first message of a handshake alone, on a connection of its own. A server that answers with its own hello has agreed to what was
 * offered: `proved`, and its choice is the word that stands for the answer. An alert, or a closed connection, is a refusal.
 */
const exchangeWith = (address: string, request: Request, timeoutMs: number, nextId: () => string): Exchange => {
  const { hello, port, servername } = request;
  return (_id, _seq, _fresh, seen) => {
    const connection = nextId();
    const socket = connect({ host: address, port, noDelay: true });
    let answer = Buffer.alloc(0);
    let settled = false;
    const settle = (word: string, proved: boolean): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      socket.destroy();
      seen({ status: null, error: word, connection, proved });
    };
    const timer = setTimeout(() => settle('timeout', false), timeoutMs);
    socket.on('connect', () => socket.write(clientHello(hello!, servername)));
    socket.on('data', (bytes) => {
      answer = Buffer.concat([answer, bytes]);
      const read = readAnswer(answer);
      if (read !== null) settle(read.word, read.accepted);
    });
    socket.on('error', (error) => settle(errorWord(error), false));
    socket.on('close', () => settle('closed', false));
  };
};

export const agent: SenderAgent = {
  transports,
  start: (job, addresses) => {
    let opened = 0;
    const nextId = (): string => `${job.prefix}hello-${++opened}`;
    return {
      exchange: (index) => {
        const request = job.requests[index]!;
        return exchangeWith(addresses[request.to]!, request, job.timeoutMs, nextId);
      },
      close: () => undefined,
    };
  },
};
