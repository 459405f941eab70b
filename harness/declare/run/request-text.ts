import { actionOf, senderOf } from '../../model/index.ts';
import type { Form, Kinds } from '../../model/index.ts';

/** A form's request as a person reads it: credentials by recipe, never by value. Pure. Throws `bad-input` for what no kind knows. */
export const requestText = ({ send, during }: Form, kinds: Pick<Kinds, 'actions' | 'senders'>): string => {
  const request = senderOf(kinds, send.transport).text(send);
  return during === undefined ? request : `(${actionOf(kinds, during.action).text(during.op)})\n${request}`;
};
