import { sendSchema } from '../../../model/index.ts';
import type { Sender } from '../../../model/index.ts';
import { httpCredentials, requestLines } from '../support/http.ts';
import { transports } from './transports.ts';

/** HTTP/2, in clear with prior knowledge (RFC 9113, section 3.3), on a connection of its own. */
export const sender: Sender = {
  id: 'http2',
  transports,
  recipe: sendSchema,
  credentials: httpCredentials,
  isRequest: () => true,
  text: (send) => [`(plaintext HTTP/2 to ${send.to}:${send.port})`, ...requestLines(send)].join('\n'),
};
