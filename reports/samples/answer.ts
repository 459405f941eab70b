import type { AttemptRecord, Decision, Form, RouteSlot } from '../../harness/model/index.ts';

/** How an attempt ends: as the policy wants it, otherwise, or sent too late to show anything. */
export type Ending = 'held' | 'broke' | 'late';

/** What a workload sees of a request, nearest first. */
export type Crossing = { readonly service: string; readonly peer: string | null; readonly spoofed?: readonly string[] };

/** What became of an attempt. `logged`: what the edge wrote of it, where it came there. */
export type Answer = Pick<AttemptRecord, 'status' | 'error' | 'proved'> & {
  readonly seen: readonly Crossing[];
  readonly logged: { readonly reason: string; readonly did: 'allow' | 'deny' } | null;
};

const passed = { reason: 'via_upstream', did: 'allow' } as const;
const turnedAway = { reason: 'rbac_access_denied_matched_policy[none]', did: 'deny' } as const;
const unknownToken = { reason: 'jwt_authn_access_denied{Jwt_verification_fails}', did: 'deny' } as const;

const answered = (status: number, more: Partial<Answer> = {}): Answer => ({
  status,
  error: null,
  proved: false,
  seen: [],
  logged: null,
  ...more,
});
const cut = (error: string): Answer => ({ ...answered(0), status: null, error });

/** The identity of a member of the mesh, as a sidecar says it. */
export type IdentityOf = (member: string) => string;

/** The services that a request passes, each with who calls it. */
export const crossingOf = ({ crosses }: Pick<RouteSlot, 'crosses'>, identityOf: IdentityOf): readonly Crossing[] =>
  crosses.map((service, i) => ({ service, peer: identityOf(crosses[i - 1] ?? 'edge') }));

const alerts: Readonly<Record<string, string>> = {
  'no-certificate': 'tls-alert:certificate-required',
  expired: 'tls-alert:certificate-expired',
};

/** How Envoy refuses a form, by where it is sent from and what would prove that it got in. */
const refused = (attack: string, { variant, vantage, evidence, send }: Form): Answer => {
  if (evidence === 'answer') return cut(attack === 'M1' ? 'closed' : (alerts[variant] ?? 'tls-alert:unknown-ca'));
  if (evidence === 'response')
    return send.to === 'edge' && vantage === 'outside' && variant.startsWith('front-door')
      ? answered(403, { logged: turnedAway })
      : cut('ECONNREFUSED');
  if (vantage === 'insider') return answered(403);
  if (vantage === 'neighbour') return cut('ECONNREFUSED');
  return attack === 'E15' ? answered(403, { logged: turnedAway }) : answered(401, { logged: unknownToken });
};

const decided = (decisions: readonly Decision[], ending: Ending, identityOf: IdentityOf): Answer => {
  const denied = decisions.findIndex(({ allow }) => !allow);
  // Otherwise than the policy: what is denied goes on to the first service, and what is allowed is turned away.
  const upTo = ending === 'held' ? (denied === -1 ? decisions.length : denied) : denied === -1 ? 0 : denied + 2;
  const crossed = decisions.slice(0, upTo);
  const seen = crossed.flatMap(({ at, from }, i) =>
    at === 'edge' ? [] : [{ service: at, peer: identityOf(from ?? decisions[i - 1]?.at ?? 'unknown') }],
  );
  const atEdge = decisions[0]?.at === 'edge';
  // What the edge alone let pass is turned away by the first sidecar.
  const status = upTo >= decisions.length && seen.length > 0 ? 200 : 403;
  return answered(status, { seen, logged: atEdge ? (upTo > 0 ? passed : turnedAway) : null });
};

/** What Envoy answers to an attempt, outside of interceptions. */
export const answerOf = (
  attack: string,
  form: Form,
  ending: Ending,
  { route, identityOf }: { readonly route: RouteSlot | undefined; readonly identityOf: IdentityOf },
): Answer => {
  if (form.decisions !== undefined) return decided(form.decisions, ending, identityOf);
  const atEdge = form.send.to === 'edge';
  const seen = atEdge
    ? crossingOf(route ?? { crosses: [] }, identityOf)
    : [{ service: form.send.to, peer: form.vantage === 'neighbour' ? null : identityOf('stranger') }];
  const logged = atEdge ? passed : null;
  if (form.evidence === 'spoof') {
    const spoofed = [`${form.variant}: {marker}`];
    return answered(200, { logged, seen: ending === 'broke' ? seen.map((one) => ({ ...one, spoofed })) : seen });
  }
  if (ending !== 'broke') return refused(attack, form);
  return answered(200, {
    proved: form.evidence === 'response',
    seen: form.evidence === 'response' ? [] : seen,
    logged,
  });
};
