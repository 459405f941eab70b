import type { Principal } from './principals.ts';
import type { Spelling } from './spellings.ts';

/** Methods that a policy can name, others, and what is a method only to who does not look at its case (RFC 9110, section 9.1). */
export const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'get',
  'Post',
] as const;

/** Of all ways to combine them, one in so many: enough to meet what differs only where two things come together. */
const stride = 31;

type Combination<P> = {
  readonly principal: P;
  readonly method: string;
  readonly spelling: Spelling;
  readonly maximum: '1.2' | '1.3';
};

/** Some of the combinations of principal, method, spelling and version of TLS, evenly over all of them. */
export const mixed = <P extends { readonly name: string } = Principal>(
  principals: readonly P[],
  allowed: readonly string[],
  spellings: readonly Spelling[],
): readonly Combination<P>[] =>
  principals
    .flatMap((principal) => allowed.flatMap((method) => spellings.map((spelling) => ({ principal, method, spelling }))))
    .filter((_, i) => i % stride === 0)
    .map((combination, i) => ({ ...combination, maximum: i % 4 === 3 ? '1.2' : '1.3' }));
