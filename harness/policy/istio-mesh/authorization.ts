import { identityOf } from '../../model/index.ts';
import type { Call, Stack } from '../../model/index.ts';
import { parsePath } from '../path/index.ts';
import { hostOf, labelsOf, namespaceOf, principalOf } from './names.ts';
import type { Resource, Value } from './resource.ts';

/** `/x/**` is `/x/` and more; Istio's `/x/*` would also be `/x/` itself. */
const operation = (methods: readonly string[], path: string): Value => {
  const { below } = parsePath(path);
  const prefix = path.replace(/\*\*$/, '');
  return { operation: below ? { methods, paths: [`${prefix}*`], notPaths: [prefix] } : { methods, paths: [path] } };
};

/**
 * The caller's certificate, as the sidecar's TLS layer describes it: a subject, then one identity. Istio looks for the right name
 * among several, while an X.509-SVID has exactly one URI (SPIFFE X.509-SVID, section 2). A value with * in front is a suffix,
 * and the quotation mark that it begins with ends the subject.
 */
const oneIdentity = (stack: Stack, member: string): Value => {
  const suffix = `*";URI=${identityOf(stack, member)}`;
  return {
    key: 'request.headers[x-forwarded-client-cert]',
    values: [suffix, `${suffix};DNS=${hostOf(stack, member)}`],
  };
};

/**
 * A call of the policy: the caller, by its certificate, with these methods on these paths. Null where a waiver leaves none of its
 * paths: a rule without paths would allow them all.
 */
export const allow = (stack: Stack, { from, to, methods, paths }: Call): Resource | null => {
  const known = paths.filter((path) => !parsePath(path).hasSubject);
  if (known.length === 0) return null;
  return {
    apiVersion: 'security.istio.io/v1beta1',
    kind: 'AuthorizationPolicy',
    metadata: { name: `${from}-to-${to}`, namespace: namespaceOf(stack) },
    spec: {
      selector: { matchLabels: labelsOf(to) },
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: [principalOf(stack, from)] } }],
          to: known.map((path) => operation(methods, path)),
          when: [oneIdentity(stack, from)],
        },
      ],
    },
  };
};
