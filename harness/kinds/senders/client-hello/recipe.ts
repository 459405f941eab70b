import { sendSchema } from '../../../model/index.ts';
import type { Sender } from '../../../model/index.ts';
import { suites } from './message.ts';
import { transports } from './transports.ts';

/** The first message of a handshake, with exactly one version and some suites. The request of its form is not sent. */
export const sender: Sender = {
  id: 'client-hello',
  transports,
  recipe: sendSchema.refine(
    ({ hello }) => hello !== undefined && hello.suites.every((name) => Object.hasOwn(suites, name)),
    'expected a hello with cipher suites that the sender knows',
  ),
  credentials: () => ({ tokens: [], certificates: [] }),
  isRequest: () => false,
  text: ({ to, port, hello }) =>
    `(ClientHello to ${to}:${port})\n${hello?.version ?? ''}, ${hello?.suites.join(' ') ?? ''}`,
};
