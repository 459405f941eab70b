import { instance } from '../forms/index.ts';

/** One way to write a path of the policy, or one that is nearly it. `name` is a word for a variant. */
export type Spelling = { readonly name: string; readonly target: string };

const overlong = 'a'.repeat(4000);

/**
 * A path of the policy and its neighbours: what an enforcer that reads paths loosely takes for it, and what one that reads them too
 * narrowly does not. Which of them the policy grants is not said here: the model decides. `others`: paths elsewhere in the policy,
 * to climb to. Sources: RFC 3986, sections 3.3 and 6.2; CWE-22, CWE-41, CWE-180.
 */
export const spellingsOf = (
  pattern: string,
  subject: string,
  victim: string,
  others: readonly string[],
): readonly Spelling[] => {
  const base = instance(pattern, subject);
  const segments = base.split('/').slice(1);
  const first = segments[0] ?? '';
  const rest = segments
    .slice(1)
    .map((segment) => `/${segment}`)
    .join('');
  const parent = base.slice(0, base.lastIndexOf('/'));
  const last = segments.at(-1) ?? '';
  const elsewhere = others.find((path) => path.split('/')[1] !== first) ?? '/elsewhere';
  const encoded = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  const all: Readonly<Record<string, string>> = {
    exact: base,
    'one-segment-more': `${base}/b2`,
    'one-segment-less': parent === '' ? '/' : parent,
    'trailing-slash': `${base}/`,
    'parent-slash': `${parent}/`,
    'glued-suffix': `${base}x`,
    'glued-prefix': `/${first}x${rest}`,
    'cut-short': base.slice(0, -1),
    'other-prefix': `/x${base}`,
    'upper-case': base.toUpperCase(),
    'title-case': `/${first.slice(0, 1).toUpperCase()}${first.slice(1)}${rest}`,
    'empty-segment': `/${base}`,
    'empty-segment-inside': `/${first}/${rest || '/'}`,
    'dot-segment': `/.${base}`,
    'dot-segment-inside': `/${first}/.${rest}`,
    'dot-segment-end': `${base}/.`,
    'climbing-back': `/x/..${base}`,
    'climbing-out': `/${first}/..${elsewhere}`,
    'climbing-in': `${elsewhere}/..${base}`,
    'climbing-end': `${base}/..`,
    'encoded-dots': `/x/%2e%2e${base}`,
    'encoded-climbing-out': `/${first}/%2E%2E${elsewhere}`,
    'half-encoded-dots': `/x/.%2e${base}`,
    'encoded-slash': `/${first}%2F${rest.slice(1) || 'a'}`,
    'encoded-climbing-slash': `/x%2f..${base}`,
    'encoded-backslash': `/x%5C..${base}`,
    'encoded-letter': `/${encoded(first.slice(0, 1) || 'a')}${first.slice(1)}${rest}`,
    'encoded-null': `${base}%00`,
    'encoded-null-inside': `/${first}%00x${rest}`,
    'encoded-percent': `/x/%252e%252e${base}`,
    'broken-escape': `${base}%`,
    'wrong-escape': `${base}%zz`,
    'path-parameter': `${base};a=1`,
    'path-parameter-inside': `/${first};a=1${rest}`,
    'path-parameter-climbing': `/x/..;${base}`,
    backslash: `/x\\..${base}`,
    'backslash-first': `/\\${base.slice(1)}`,
    fragment: `${base}#x`,
    'reserved-character': `${base}+a@b:c,d`,
    'other-character': `${base}|{a}`,
    'raw-byte': `${base}\u00e9`,
    'dots-in-a-name': `${parent}/${last}..b`,
    'three-dots': `${base}/...`,
    'hidden-name': `${base}/.a`,
    'unreserved-characters': `${base}/A-z_9~.b`,
    overlong: `${base}/${overlong}`,
    query: `${base}?a=1`,
    'empty-query': `${base}?`,
    'climbing-query': `${base}?a=/../..${elsewhere}`,
    'encoded-query': `${base}?a=%2e%2e%2f%00`,
    'path-in-query': `/nowhere?${base}`,
    ...(base.split('/').includes(subject) && {
      'other-subject': instance(pattern, victim),
      'longer-subject': instance(pattern, `${subject}2`),
      'shorter-subject': instance(pattern, subject.slice(0, -1)),
      'upper-case-subject': instance(pattern, subject.toUpperCase()),
      'no-subject': instance(pattern, ''),
      'placeholder-subject': instance(pattern, '{sub}'),
      'climbing-subject': instance(pattern, `${victim}/../${subject}`),
    }),
  };
  return Object.entries(all).map(([name, target]) => ({ name, target }));
};
