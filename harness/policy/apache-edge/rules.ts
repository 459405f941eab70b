import type { Policy, Rule } from '../../model/index.ts';
import { parsePath } from '../path/index.ts';
import { claim, claimIs } from './claims.ts';
import { isExpressible } from './expressible.ts';
import { block, literally, quoted, whole } from './text.ts';

/**
 * The rules of the policy: one of them must hold. The first line asks for a user that nobody can be. It denies nothing to anybody,
 * but makes httpd authenticate before it asks the rules, which know nothing before. A rule that a waiver leaves out allows nothing.
 */
export const rules = (policy: Policy): readonly string[] =>
  block('RequireAny', '', [
    'Require user ?',
    ...policy.rules
      .filter((rule) => isExpressible(policy, rule))
      .flatMap((rule) => [
        `# ${rule.id}`,
        ...rule.paths.map((path) => `Require expr ${quoted(holds(policy, rule, path))}`),
      ]),
  ]);

const holds = (policy: Policy, rule: Rule, path: string): string =>
  [whole('%{REQUEST_METHOD}', rule.methods.join('|')), ...whoIs(policy, rule), pathIs(path)].join(' && ');

const whoIs = ({ roles }: Policy, { who }: Rule): readonly string[] => {
  if (who === 'authenticated') return [];
  const any = who.map((name) => {
    const role = roles[name]!;
    return claimIs(role.claim, role.equals);
  });
  return [any.length === 1 ? any[0]! : `(${any.join(' || ')})`];
};

/** The path as a regular expression; the first `{sub}` is captured and compared, each further one must repeat it. */
const pathIs = (path: string): string => {
  const { segments, below, hasSubject } = parsePath(path);
  const first = segments.findIndex((segment) => typeof segment !== 'string');
  const fixed = segments.map((segment, i) =>
    typeof segment === 'string' ? `/${literally(segment)}` : i === first ? '/([^/]+)' : '/\\1',
  );
  const matches = whole('%{REQUEST_URI}', `${fixed.join('')}${below ? '/.+' : ''}`);
  return hasSubject ? `(${matches} && $1 == ${claim('sub')})` : matches;
};
