import { z } from 'zod';
import { sendSchema } from '../../../model/index.ts';
import type { Sender } from '../../../model/index.ts';
import { certificateText, httpCredentials, requestLines } from '../support/http.ts';
import { transports } from './transports.ts';

/** HTTP/1.1 on the bare socket: nothing is repaired that a form wants broken. */
export const sender: Sender = {
  id: 'http1',
  transports,
  recipe: sendSchema
    .extend({ transport: z.enum(transports), hello: z.undefined().optional(), own: z.undefined().optional() })
    .refine(({ transport, tls }) => transport === 'tls' || tls === undefined, {
      path: ['tls'],
      message: 'expected none without TLS',
    }),
  credentials: httpCredentials,
  isRequest: () => true,
  isEncrypted: ({ transport }) => transport === 'tls',
  text: (send) => {
    const { to, port, transport, tls, certificate } = send;
    const way =
      transport === 'tls'
        ? `TLS${tls === undefined ? '' : ` ${tls.maximum}`} to ${to}:${port}, ${certificateText(certificate)}`
        : `plaintext to ${to}:${port}`;
    return [`(${way})`, ...requestLines(send)].join('\n');
  },
};
