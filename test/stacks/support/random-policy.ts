import fc from 'fast-check';
import type { Policy } from '../../../harness/model/index.ts';

const segment = fc.stringMatching(/^[a-z][A-Za-z0-9_~.-]{0,6}$/).filter((text) => !/^\.+$/.test(text));
const methods = fc.uniqueArray(fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'), {
  minLength: 1,
  maxLength: 3,
});
const path = (withSubject: boolean): fc.Arbitrary<string> =>
  fc
    .tuple(
      segment,
      fc.array(withSubject ? fc.oneof(segment, fc.constant('{sub}')) : segment, { maxLength: 2 }),
      fc.boolean(),
    )
    .map(([first, more, below]) => `/${[first, ...more].join('/')}${below ? '/**' : ''}`);
const paths = (withSubject: boolean) => fc.uniqueArray(path(withSubject), { minLength: 1, maxLength: 3 });

const roles = {
  customer: { claim: 'role', equals: 'customer' },
  finance: { claim: 'role', equals: 'finance' },
  auditor: { claim: 'department', equals: 'audit' },
};

/** The first hop lets most of what the rules name pass, so that what the edge lets in is seen. */
const behind = (rules: Policy['rules']): readonly string[] =>
  [...new Set(rules.flatMap(({ paths: all }) => all.map((one) => `/${one.split('/')[1]}`)))].flatMap((first) => [
    first,
    `${first}/**`,
  ]);

/**
 * Policies about the same issuer as `base`, with rules, roles, calls and a TLS floor of their own; without rate limits, which are no
 * matter of a single decision, and with the waivers of `base`. `chain`: the members, the edge first; each may be called by the one before it, and by others.
 */
export const randomPolicy = (base: Policy, chain: readonly string[]): fc.Arbitrary<Policy> => {
  const pairs = chain.flatMap((from, i) =>
    chain.slice(Math.max(1, i === 0 ? 1 : 0), i === 0 ? 2 : undefined).map((to) => [from, to] as const),
  );
  const call = fc
    .record({ pair: fc.constantFrom(...pairs.filter(([from, to]) => from !== to)), methods, paths: paths(false) })
    .map(({ pair: [from, to], ...rest }) => ({ from, to, ...rest }));
  return fc
    .record({
      id: fc.constant(base.id),
      tls: fc.record({ minimum: fc.constantFrom('1.2' as const, '1.3' as const) }),
      authentication: fc.constant(base.authentication),
      roles: fc.constant(roles),
      rules: fc
        .array(
          fc.record({
            who: fc.oneof(
              fc.constant('authenticated' as const),
              fc.uniqueArray(fc.constantFrom(...Object.keys(roles)), { minLength: 1, maxLength: 2 }),
            ),
            methods,
            paths: paths(true),
          }),
          { minLength: 1, maxLength: 4 },
        )
        .map((rules) => rules.map((rule, i) => ({ id: `rule-${i + 1}`, ...rule }))),
      calls: fc.uniqueArray(call, { selector: ({ from, to }) => `${from} ${to}`, minLength: 1, maxLength: 5 }),
      rateLimits: fc.constant([]),
      waivers: fc.constant(base.waivers),
    })
    .map(({ calls, rules, ...rest }) => ({
      ...rest,
      rules,
      calls: [
        {
          from: chain[0]!,
          to: chain[1]!,
          methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
          paths: behind(rules),
        },
        ...calls.filter(({ from }) => from !== chain[0]),
      ],
    }));
};
