import type { AttackContext, HttpRecipe, Rule, Send, TokenRecipe } from '../../model/index.ts';
import { attackerOf, instance, victimOf } from '../forms/index.ts';
import type { Case } from './case.ts';
import { mixed, methods } from './methods.ts';
import { entitled, principalsOf } from './principals.ts';
import { spellingsOf } from './spellings.ts';

/** What a request at the edge is made of, beside the path and the method that a rule grants. */
type Change = {
  readonly method?: string;
  readonly target?: string;
  readonly token?: TokenRecipe | null;
  readonly host?: string;
  readonly headers?: HttpRecipe['headers'];
  readonly tls?: Send['tls'];
};

/** Every rule of the policy, from all sides: paths, principals, methods, hosts, versions of TLS, and where the token stands. */
export const edgeCorpus = (context: AttackContext): readonly Case[] =>
  context.policy.rules.flatMap((rule) => rule.paths.flatMap((pattern) => ofRule(context, rule, pattern)));

const ofRule = (context: AttackContext, rule: Rule, pattern: string): readonly Case[] => {
  const { policy, stack } = context;
  const attacker = attackerOf(context);
  const token = entitled(context, rule.who);
  const [method = 'GET'] = rule.methods;
  const target = instance(pattern, attacker);
  const others = policy.rules.flatMap(({ paths }) => paths).map((path) => instance(path, attacker));
  const spellings = spellingsOf(pattern, attacker, victimOf(context), others);
  const principals = principalsOf(context);
  const form = (variant: string, change: Change): Case => {
    const own = change.token === undefined ? token : change.token;
    const http: HttpRecipe = {
      method: change.method ?? method,
      path: change.target ?? target,
      headers: change.headers ?? [],
      ...(change.host !== undefined && { host: change.host }),
      ...(own !== null && { token: own }),
    };
    const send: Send = {
      to: 'edge',
      port: stack.edge.port,
      transport: 'tls',
      freshShare: 1,
      http,
      ...(change.tls !== undefined && { tls: change.tls }),
    };
    return { variant: `${variant}@${rule.id}`, vantage: 'outside', send };
  };
  const { hostname, port } = stack.edge;
  const hosts: Readonly<Record<string, string>> = {
    'without-port': hostname,
    'with-another-port': `${hostname}:443`,
    'in-upper-case': `${hostname.toUpperCase()}:${port}`,
    'another-name': 'another.holdfast.test',
    'longer-name': `${hostname}.another.test`,
    subdomain: `a.${hostname}`,
    'member-of-the-mesh': stack.services[0]?.id ?? 'service',
    loopback: `127.0.0.1:${port}`,
    'with-dot-at-the-end': `${hostname}.:${port}`,
    'with-user': `a@${hostname}:${port}`,
    empty: '',
  };
  return [
    ...spellings.map(({ name, target: written }) => form(name, { target: written })),
    ...principals.map(({ name, token: own }) => form(`as-${name}`, { token: own })),
    ...methods.map((other) => form(`method-${other}`, { method: other })),
    ...Object.entries(hosts).map(([name, host]) => form(`host-${name}`, { host })),
    ...(['1.2', '1.3'] as const).map((maximum) => form(`tls-${maximum}`, { tls: { maximum } })),
    ...Object.entries(placesOfToken).map(([name, headers]) => form(name, { headers })),
    form('two-hosts', { headers: [['host', hostname]] }),
    form('token-in-query', { target: `${target}?access_token={token}` }),
    form('token-in-form-of-oauth', { target: `${target}?token={token}&id_token={token}` }),
    ...mixed(principals, methods, spellings).map(({ principal, method: other, spelling, maximum }) =>
      form('mixed', { token: principal.token, method: other, target: spelling.target, tls: { maximum } }),
    ),
  ];
};

/** Headers in which a token is, or is not, one: RFC 6750, section 2. */
const placesOfToken: Readonly<Record<string, HttpRecipe['headers']>> = {
  'two-tokens': [
    ['authorization', 'Bearer {token}'],
    ['authorization', 'Bearer {token}'],
  ],
  'token-before-garbage': [
    ['authorization', 'Bearer {token}'],
    ['authorization', 'Bearer garbage'],
  ],
  'garbage-before-token': [
    ['authorization', 'Bearer garbage'],
    ['authorization', 'Bearer {token}'],
  ],
  'tokens-in-a-list': [['authorization', 'Bearer {token}, Bearer {token}']],
  'token-without-scheme': [['authorization', '{token}']],
  'token-as-basic': [['authorization', 'Basic {token}']],
  'scheme-in-lower-case': [['authorization', 'bearer {token}']],
  'scheme-in-upper-case': [['authorization', 'BEARER {token}']],
  'two-spaces-before-token': [['authorization', 'Bearer  {token}']],
  'words-after-token': [['authorization', 'Bearer {token} x']],
  'token-in-cookie': [['cookie', 'access_token={token}; token={token}']],
  'token-in-another-header': [['x-access-token', '{token}']],
  'token-for-a-proxy': [['proxy-authorization', 'Bearer {token}']],
};
