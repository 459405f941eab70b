import type { Action, EvidenceKind, Kinds, Sender } from './contract.ts';
import { HoldfastError } from './errors.ts';

const found = <T>(kind: T | undefined, what: string, name: string, known: Iterable<string>): T => {
  if (kind !== undefined) return kind;
  throw new HoldfastError('bad-input', `expected ${what}, found "${name}"`, {
    hint: `there are: ${[...known].toSorted().join(', ') || 'none'}`,
  });
};

/** The sender of a transport. Throws `bad-input` where nothing sends it; `whose` transport it is, for that error. */
export const senderOf = ({ senders }: Pick<Kinds, 'senders'>, transport: string, whose?: string): Sender =>
  found(
    [...senders.values()].find(({ transports }) => transports.includes(transport)),
    `${whose === undefined ? '' : `${whose} to have `}a transport of harness/kinds/senders`,
    transport,
    [...senders.values()].flatMap(({ transports }) => transports),
  );

/** The action of an id. Throws `bad-input` where there is none. */
export const actionOf = ({ actions }: Pick<Kinds, 'actions'>, id: string): Action =>
  found(actions.get(id), 'an action of harness/kinds/actions', id, actions.keys());

/** The kind of evidence of an id. Throws `bad-input` where there is none. */
export const evidenceOf = ({ evidence }: Pick<Kinds, 'evidence'>, id: string): EvidenceKind =>
  found(evidence.get(id), 'a kind of evidence of harness/kinds/evidence', id, evidence.keys());
