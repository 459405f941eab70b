import type { Policy, Rule, Stack } from '../../model/index.ts';
import { canonicalPath, parsePath, regexOf } from '../path/index.ts';
import { limitsPer } from './middlewares.ts';

const call = (matcher: string, value: string): string => `${matcher}(\`${value}\`)`;
const anyOf = (terms: readonly string[]): string => (terms.length === 1 ? terms[0]! : `(${terms.join(' || ')})`);
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const whole = (regex: string): string => `^(?:${regex})$`;

const pathIs = (path: string): string => {
  const pattern = parsePath(path);
  const exact = !pattern.below && !pattern.hasSubject;
  return exact ? call('Path', path) : call('PathRegexp', whole(regexOf(pattern)));
};

const ruleIs = ({ methods, paths }: Rule): string =>
  `(${anyOf(methods.map((method) => call('Method', method)))} && ${anyOf(paths.map(pathIs))})`;

/**
 * Two ways through the edge, of which one leads to the mesh: what a rule of the policy could allow. Whether it does, the authorizer
 * says. Everything else under the public name is asked about as well, for a client must be told when it is not authenticated, and
 * is then refused. One router for all the rules: a rate limit counts for each router apart.
 */
export const routers = (policy: Policy, stack: Stack): Readonly<Record<string, object>> => {
  // `Host` alone would take the name with a dot at its end as well; by it Traefik knows which TLS options a name has.
  const { hostname } = stack.edge;
  const host = `${call('Host', hostname)} && ${call('HostRegexp', whole(escape(hostname)))}`;
  const first = ['one-host', 'withhold-reason', ...limitsPer(policy, 'edge')];
  const router = (rule: string, priority: number, middlewares: readonly string[], service: string) => ({
    entryPoints: ['public'],
    rule,
    priority,
    middlewares: [...first, ...middlewares],
    service,
  });
  return {
    ...(policy.rules.length > 0 && {
      rules: router(
        `${host} && ${call('PathRegexp', whole(canonicalPath))} && ${anyOf(policy.rules.map(ruleIs))}`,
        20,
        ['strip-identity', 'authorize', ...limitsPer(policy, 'subject'), 'end-token'],
        'mesh',
      ),
    }),
    refused: router(host, 10, ['authorize', 'refuse-everybody'], 'noop@internal'),
  };
};
