import { z } from 'zod';
import { sendSchema } from '../../../model/index.ts';
import type { Sender } from '../../../model/index.ts';
import { suites } from './message.ts';
import { transports } from './transports.ts';

/** The first message of a handshake, with exactly one version and some suites. The request of its form is not sent. */
export const sender: Sender = {
  id: 'client-hello',
  transports,
  recipe: sendSchema
    .extend({
      transport: z.enum(transports),
      tls: z.undefined().optional(),
      proof: z.undefined().optional(),
      own: z.undefined().optional(),
    })
    .refine(({ hello }) => hello !== undefined && hello.suites.every((name) => Object.hasOwn(suites, name)), {
      path: ['hello'],
      message: 'expected one with cipher suites that the sender knows',
    }),
  credentials: () => ({ tokens: [], certificates: [] }),
  isRequest: () => false,
  isEncrypted: () => true,
  text: ({ to, port, hello }) =>
    `(ClientHello to ${to}:${port})\n${hello?.version ?? ''}, ${hello?.suites.join(' ') ?? ''}`,
};
