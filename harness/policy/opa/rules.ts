import type { Policy, Rule } from '../../model/index.ts';
import { parsePath } from '../path/index.ts';
import { quote } from './text.ts';

/** The roles of the policy, and each path of each rule as a way to be granted that rule. Whatever is not granted is denied. */
export const rules = (policy: Policy): string =>
  [
    ...Object.entries(policy.roles).map(
      ([name, { claim, equals }]) => `roles contains ${quote(name)} if claims[${quote(claim)}] == ${quote(equals)}\n`,
    ),
    below,
    ...(policy.rules.length === 0 ? ['granted := set()\n'] : []),
    ...policy.rules.flatMap((rule) => rule.paths.map((path) => grant(rule, path))),
  ].join('\n');

const below = `# Everything below a prefix: at least one character after its last slash.
below(prefix) if {
	startswith(path, prefix)
	path != prefix
}
`;

const grant = ({ id, who, methods }: Rule, path: string): string => `granted contains ${quote(id)} if {
	input.method in {${methods.map(quote).join(', ')}}
${who === 'authenticated' ? '' : `\tcount(roles & {${who.map(quote).join(', ')}}) > 0\n`}\t${onPath(path)}
}
`;

/** Literal text and the subject, joined; compared byte by byte. */
const onPath = (pattern: string): string => {
  const { segments, below } = parsePath(pattern);
  const pieces: string[] = [];
  let literal = '';
  for (const segment of segments) {
    literal += '/';
    if (typeof segment === 'string') {
      literal += segment;
    } else {
      pieces.push(quote(literal), 'claims.sub');
      literal = '';
    }
  }
  if (below) literal += '/';
  if (literal !== '') pieces.push(quote(literal));
  const text = pieces.length === 1 ? pieces[0]! : `concat("", [${pieces.join(', ')}])`;
  return below ? `below(${text})` : `path == ${text}`;
};
