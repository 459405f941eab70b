import type { TokenRecipe } from '../../model/index.ts';
import { attackerOf, claimsOf, victimOf } from '../forms/index.ts';
import type { AppAndPolicy } from '../forms/index.ts';

/** Who asks at the edge. `token` is null where nobody says who. */
export type Principal = { readonly name: string; readonly token: TokenRecipe | null };

/** A principal for every role of the policy and beside them: the victim, one without a role, and tokens that are no key here. */
export const principalsOf = (context: AppAndPolicy): readonly Principal[] => {
  const { policy } = context;
  const [attacker, victim] = [attackerOf(context), victimOf(context)];
  const roles = Object.keys(policy.roles);
  const of = (role: string, subject: string): TokenRecipe => ({ subject, claims: claimsOf(policy, role) });
  const [first = null] = roles;
  const claims = first === null ? {} : claimsOf(policy, first);
  return [
    { name: 'nobody', token: null },
    ...roles.map((role) => ({ name: role, token: of(role, attacker) })),
    ...roles.slice(0, 1).map((role) => ({ name: `${role}-${victim}`, token: of(role, victim) })),
    { name: 'no-role', token: { subject: attacker, claims: {} } },
    {
      name: 'unknown-role',
      token: { subject: attacker, claims: Object.fromEntries(Object.keys(claims).map((claim) => [claim, 'admin'])) },
    },
    {
      name: 'role-in-upper-case',
      token: {
        subject: attacker,
        claims: Object.fromEntries(Object.entries(claims).map(([claim, value]) => [claim, value.toUpperCase()])),
      },
    },
    { name: 'wrong-token-type', token: { subject: attacker, claims, alter: 'wrong-type' } },
    { name: 'expired-token', token: { subject: attacker, claims, alter: 'expired' } },
    { name: 'subject-with-slash', token: { subject: `${attacker}/x`, claims } },
    { name: 'subject-of-dots', token: { subject: '..', claims } },
    { name: 'odd-subject', token: { subject: 'm.a~l_l-0', claims } },
  ];
};

/** A principal whom a rule lets in. */
export const entitled = (context: AppAndPolicy, who: 'authenticated' | readonly string[]): TokenRecipe => ({
  subject: attackerOf(context),
  claims: who === 'authenticated' ? {} : claimsOf(context.policy, who[0] ?? ''),
});
