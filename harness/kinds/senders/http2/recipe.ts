import { z } from 'zod';
import { sendSchema } from '../../../model/index.ts';
import type { Sender, Send } from '../../../model/index.ts';
import { httpCredentials, requestLines } from '../support/http.ts';
import { transports } from './transports.ts';
import type { Transport } from './transports.ts';

type Way = { readonly isEncrypted: boolean; readonly text: (send: Send) => string };

const ways: Readonly<Record<Transport, Way>> = {
  h2c: { isEncrypted: false, text: ({ to, port }) => `plaintext HTTP/2 to ${to}:${port}` },
};
const wayOf = ({ transport }: Send): Way => ways[transport as Transport];

/** HTTP/2, each request on a connection of its own. */
export const sender: Sender = {
  id: 'http2',
  transports,
  recipe: sendSchema
    .extend({
      transport: z.enum(transports),
      hello: z.undefined().optional(),
      own: z.undefined().optional(),
      proof: z.undefined('bodies are not read over HTTP/2').optional(),
    })
    .refine((send) => wayOf(send).isEncrypted || send.tls === undefined, {
      path: ['tls'],
      message: 'expected none without TLS',
    }),
  credentials: httpCredentials,
  isRequest: () => true,
  isEncrypted: (send) => wayOf(send).isEncrypted,
  text: (send) => [`(${wayOf(send).text(send)})`, ...requestLines(send)].join('\n'),
};
