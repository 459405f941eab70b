import type { Attack, AttackContext, Form } from '../../../harness/model/index.ts';
import { decisionsAlong } from '../../../harness/policy/decide/index.ts';
import { comparisonForm } from '../../../harness/declare/corpus/index.ts';
import { claimsOf, requestOf, routesOf, tokenOf, victimOf } from '../../../harness/declare/forms/index.ts';
import { reloadPair } from '../../../harness/kinds/actions/reload/pair.ts';

type Send = Form['send'];

/** Every route as it is permitted, without a token, with the wrong role, and for another user; and a path that no rule knows. */
const requests = (context: AttackContext): readonly (readonly [variant: string, send: Send])[] => {
  const send = (http: Send['http']): Send => ({
    to: 'edge',
    port: context.stack.edge.port,
    transport: 'tls',
    freshShare: 0.5,
    http,
  });
  const stranger = { subject: victimOf(context), claims: {} };
  return routesOf(context).flatMap((route) => {
    const http = requestOf(route);
    return [
      [`permitted@${route.id}`, send({ ...http, token: route.token })],
      [`no-token@${route.id}`, send(http)],
      [`no-role@${route.id}`, send({ ...http, token: stranger })],
      [`method@${route.id}`, send({ ...http, method: 'DELETE', token: route.token })],
      [`unknown-path@${route.id}`, send({ ...http, path: `/internal${route.path}`, token: route.token })],
    ] as const;
  });
};

/**
 * P6: what both of two policies say the same of, sent while the edge goes from one to the other and back; and the request by which
 * the two differ, as a probe.
 */
export const attack: Attack = {
  attempts: (context) => {
    const { policy, stack } = context;
    const { other, probe } = reloadPair(context);
    const agreed = requests(context).filter(
      ([, send]) => alike(decisionsAlong(policy, stack, send)) === alike(decisionsAlong(other, stack, send)),
    );
    const { method, path, role } = probe;
    const http = { method, path, headers: [], token: { ...tokenOf(context, role), claims: claimsOf(policy, role) } };
    const differing = { to: 'edge', port: stack.edge.port, transport: 'tls', freshShare: 0.5, http } as const;
    return [
      ...agreed.map(([variant, send]) => comparisonForm(context, { variant, vantage: 'outside', send })),
      { ...comparisonForm(context, { variant: 'probe', vantage: 'outside', send: differing }), probe: true },
    ];
  },
};

const alike = (decisions: readonly { readonly at: string; readonly allow: boolean }[]): string =>
  decisions.map(({ at, allow }) => `${at} ${allow}`).join(', ');
