/** A condition under which a request is refused, in HAProxy's words, and the part of the policy that asks for it. */
export type Ground = { readonly reason: string; readonly when: string };

/** Refuses with `status` on any of these grounds. The reason that the log gives is the first that applies. */
export const denyOn = (status: 400 | 401 | 403 | 404 | 429, grounds: readonly Ground[]): readonly string[] => [
  ...grounds.map(({ reason, when }) => `http-request set-var(txn.reason,ifnotexists) str('${reason}') if ${when}`),
  `http-request deny deny_status ${status} if { var(txn.reason) -m found }`,
];
