import { senderOf } from '../../model/index.ts';
import type { Decision, Form, Kinds, Policy, Rule, Stack } from '../../model/index.ts';
import { matchesPath } from '../path/index.ts';
import { decisionsAlong } from './along.ts';
import { pathOf } from './request.ts';

/**
 * The parts of the policy that a form of an attack puts to the test, as a waiver names them, the most telling first: what denies
 * the request by the model of the policy, down to the rule or the call that it comes nearest to. Empty where no part of the policy
 * forbids it, as for an admin port. Pure.
 */
export const partsOf = (policy: Policy, stack: Stack, form: Form, kinds: Pick<Kinds, 'senders'>): readonly string[] => {
  const { send, target, evidence, during } = form;
  // What is tried while something is done to a hop is about that hop.
  if (during !== undefined) return partsOfLink(policy, target);
  const sender = senderOf(kinds, send.transport);
  if (!sender.isRequest(send)) return ['tls'];
  if (evidence === 'response' || target === 'control-plane') return [];
  const decisions = form.decisions ?? decisionsAlong(policy, stack, send);
  // What is spoofed is who asks, whatever the rule that lets the request itself pass.
  const spoofs = evidence === 'spoof';
  const decision = spoofs ? decisions[0] : decisions.at(-1);
  if (decision === undefined) return [];
  const clear = target === 'edge' && !sender.isEncrypted(send);
  const by = decision.by.flatMap((part) => nearest(policy, form, decision, part));
  return [...new Set([...(spoofs ? ['authentication'] : []), ...(clear ? ['tls'] : []), ...by])];
};

/** The parts of the policy that secure a link between two members, `caller→callee`. Pure. */
export const partsOfLink = (policy: Policy, link: string): readonly string[] => {
  const [from, to] = link.split('→');
  return policy.calls.some((call) => call.from === from && call.to === to) ? [`calls.${from}-${to}`] : ['calls'];
};

/** A reason of the model as a part that stands in the file. */
const nearest = (policy: Policy, { send }: Form, { at }: Decision, part: string): readonly string[] => {
  if (at === 'edge') return part === 'rules' || part === 'paths' ? rulesNear(policy, send.http) : [part];
  // At a sidecar it is the matrix that asks for an identity, and lists whose.
  return part === 'calls' || part === 'paths' || part === 'authentication' ? callsInto(policy, at) : [part];
};

/** The rules about the path, those with the method first; the whole list where the path is nobody's. */
const rulesNear = ({ rules }: Policy, request: { readonly method: string; readonly path: string }): string[] => {
  const path = pathOf(request.path);
  const subjects = path.split('/');
  const about = rules.filter(({ paths }) =>
    paths.some((pattern) => subjects.some((subject) => matchesPath(pattern, path, subject))),
  );
  const has = ({ methods }: Rule): boolean => methods.includes(request.method);
  const sorted = about.some(has) ? about.filter(has) : about;
  return sorted.length === 0 ? ['rules'] : sorted.map(({ id }) => `rules.${id}`);
};

const callsInto = ({ calls }: Policy, service: string): string[] => {
  const into = calls.filter(({ to }) => to === service);
  return into.length === 0 ? ['calls'] : into.map(({ from, to }) => `calls.${from}-${to}`);
};
