/** A path of a policy, taken apart. `segments`: literal text, or `subject` for `{sub}`. `below`: it ends in `/**`. */
export type PathPattern = {
  readonly segments: readonly (string | { readonly subject: true })[];
  readonly below: boolean;
  readonly hasSubject: boolean;
};

/** Takes a path apart that was validated when the policy was read. */
export const parsePath = (path: string): PathPattern => {
  const below = path.endsWith('/**');
  const fixed = below ? path.slice(0, -3) : path;
  const segments = fixed
    .split('/')
    .slice(1)
    .map((text) => (text === '{sub}' ? ({ subject: true } as const) : text));
  return { segments, below, hasSubject: segments.some((segment) => typeof segment !== 'string') };
};

/**
 * A regular expression (RE2, PCRE and ECMAScript alike) that the whole path of a request, as it was sent and without its query, must
 * match: segments of unreserved characters, none of them empty, `.` or `..`, and at most one slash at the end. Every other
 * spelling is refused by every enforcer before it looks at a rule: where nothing is normalised, no two can read a path
 * differently (RFC 3986, section 6; CWE-22, CWE-180).
 */
export const canonicalPath = '/|(/(\\.*[A-Za-z0-9_~-][A-Za-z0-9._~-]*|\\.{3,}))+/?';

/**
 * A regular expression (RE2 and ECMAScript alike) that the whole path must match; `{sub}` is any one segment in it. After `/**`
 * comes at least one character.
 */
export const regexOf = ({ segments, below }: PathPattern): string => {
  const fixed = segments.map((segment) => `/${typeof segment === 'string' ? escape(segment) : '[^/]+'}`).join('');
  return below ? `${fixed}/.+` : fixed;
};

/** Whether a policy's path covers the path of a request (as sent, without its query) from a subject. */
export const matchesPath = (pattern: string, path: string, subject: string): boolean => {
  const parsed = parsePath(pattern);
  if (!new RegExp(`^(?:${canonicalPath})$`).test(path)) return false;
  if (!new RegExp(`^(?:${regexOf(parsed)})$`).test(path)) return false;
  const actual = path.split('/').slice(1);
  return parsed.segments.every((segment, i) => typeof segment === 'string' || actual[i] === subject);
};

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
