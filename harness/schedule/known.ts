import { HoldfastError, actionOf, evidenceOf, senderOf } from '../model/index.ts';
import type { Form, Kinds, ScheduledAttack, Segment, Send } from '../model/index.ts';

type Known = Pick<Kinds, 'actions' | 'evidence' | 'senders'>;

/**
 * Throws `bad-input` where a form asks for a sender, an action or evidence that there is not, or for what its sender does not send.
 * `twins`: further requests, where a schedule's streams are not those of the forms.
 */
export const expectKnown = (
  attacks: readonly Pick<ScheduledAttack, 'id' | 'forms'>[],
  kinds: Known,
  twins: Segment['twins'] = [],
): void => {
  for (const { id, forms } of attacks) for (const form of forms) expectForm(id, form, kinds);
  for (const { send } of twins) expectSent(send, `a twin to ${send.to}:${send.port}`, kinds);
};

const expectForm = (attack: string, { variant, send, twin, evidence, during }: Form, kinds: Known): void => {
  evidenceOf(kinds, evidence);
  if (during !== undefined) actionOf(kinds, during.action);
  expectSent(send, `the form ${variant} of ${attack}`, kinds);
  if (twin.kind === 'request') expectSent(twin.send, `the twin of ${variant} of ${attack}`, kinds);
};

const expectSent = (send: Send, what: string, kinds: Known): void => {
  const read = senderOf(kinds, send.transport, what).recipe.safeParse(send);
  if (read.success) return;
  const [issue] = read.error.issues;
  throw new HoldfastError(
    'bad-input',
    `expected ${what} to send what its transport ${send.transport} can, found ${issue?.path.join('.') || 'a request'}: ${issue?.message ?? 'not valid'}`,
    { hint: 'see harness/kinds/senders/README.md' },
  );
};
