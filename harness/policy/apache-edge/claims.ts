import { literally, text, whole } from './text.ts';

/** Before the name of each claim of a verified token, as an environment variable of the request. */
export const claimPrefix = 'CLAIM_';

/** A claim of the verified token; empty where it is not there. */
export const claim = (name: string): string => `reqenv('${claimPrefix}${name}')`;

/** Holds where a claim is exactly this string. Not `Require oauth2_claim`: that compares in "natural order", and skips blanks. */
export const claimIs = (name: string, value: string): string => `${claim(name)} == ${text(value)}`;

/** A claim that is no string stands there as its JSON, so that no comparison tells it from a string of that text. */
export const readsAsJson = (value: string): boolean => {
  try {
    return typeof JSON.parse(value) !== 'string';
  } catch {
    return false;
  }
};

/** Claims that mod_oauth2 or the times of a token need, under the names that no policy can take for something else. */
const taken = ['access_token', 'iss', 'aud', 'sub', 'exp', 'nbf'];

/** Names among these that environment variables, in which case does not count, could not keep apart. */
export const collisions = (names: readonly string[]): readonly string[] => {
  const all = [...new Set([...names, ...taken])];
  return names.filter(
    (name) =>
      name === 'access_token' || all.some((other) => other !== name && other.toLowerCase() === name.toLowerCase()),
  );
};

const anyString = '\\x22(?:[^\\x22\\x5c]|\\x5c.)*\\x22';

/** Holds where the audience is this one, or this one is among several (RFC 7519, section 4.1.3). */
export const audienceIs = (audience: string): string => {
  const ours = literally(JSON.stringify(audience));
  const among = whole(claim('aud'), `\\[(?:${anyString}, ?)*${ours}(?:, ?${anyString})*\\]`);
  return `(${claimIs('aud', audience)} || ${among})`;
};
