import type { Decision, Policy, Send, Stack } from '../../model/index.ts';
import { decideEdge } from './edge.ts';
import { decideMesh } from './mesh.ts';
import type { Credential } from './request.ts';

/**
 * What the policy says of a request at every enforcer that it meets on any way through the call graph, nearest first. A way ends where
 * it is denied, or with the last service of it. Each but the first may also never be asked: a service need not pass on what it
 * answers itself.
 */
export const decisionsAlong = (policy: Policy, stack: Stack, send: Send): readonly Decision[] => {
  const { method, path: target } = send.http;
  const tls = send.tls?.maximum ?? '1.3';
  const first =
    send.to === 'edge'
      ? decideEdge(policy, stack, {
          tls,
          host: hostOf(stack, send),
          method,
          target,
          credentials: credentialsOf(send),
        })
      : decideMesh(policy, stack, { from: callerOf(send), to: send.to, tls, method, target });
  const decisions = [first];
  const reached = new Set(first.allow ? [send.to] : []);
  // A set that grows while it is walked is walked to its new end.
  for (const from of reached) {
    for (const to of calleesOf(stack, from)) {
      const decision = decideMesh(policy, stack, { from, to, tls: '1.3', method, target });
      decisions.push(decisions.at(-1)!.at === from ? decision : { ...decision, from });
      if (decision.allow) reached.add(to);
    }
  }
  return decisions;
};

const calleesOf = ({ services }: Stack, member: string): readonly string[] =>
  member === 'edge'
    ? services.slice(0, 1).map(({ id }) => id)
    : (services.find(({ id }) => id === member)?.calls ?? []);

/** A certificate that was tampered with proves nothing. */
const callerOf = ({ certificate }: Send): string | null =>
  certificate === undefined || certificate.alter !== undefined ? null : certificate.service;

/** The Host header; where there are several, it is none (RFC 9112, section 3.2). */
const hostOf = ({ edge }: Stack, { http }: Send): string =>
  [
    http.host ?? `${edge.hostname}:${edge.port}`,
    ...http.headers.filter(([name]) => name.toLowerCase() === 'host').map(([, value]) => value),
  ].join(', ');

/** What a request says in its Authorization headers: the sender's own, and those that its form spells out. */
const credentialsOf = ({ http }: Send): readonly Credential[] => {
  const { token, headers, path } = http;
  const spelt = headers.filter(([name]) => name.toLowerCase() === 'authorization');
  const elsewhere = [path, ...headers.map(([, value]) => value)].some((text) => text.includes('{token}'));
  const own = token === undefined || elsewhere ? [] : [{ scheme: 'Bearer', token }];
  return [
    ...own,
    ...spelt.map(([, value]): Credential => {
      const [scheme = '', ...rest] = value.split(' ');
      return { scheme, token: rest.join(' ') === '{token}' && token !== undefined ? token : null };
    }),
  ];
};
