import { z } from 'zod';
import type { Policy } from '../../model/index.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes');
const claim = z.string().regex(/^(?!__proto__$)[A-Za-z0-9_]+$/, 'expected letters, digits and underscores');

const method = z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Literal segments of unreserved characters (RFC 3986, section 2.3), `{sub}` for a whole segment, and `/**` at the end. No dot
 * segments, no escapes and no double slashes: a request with such a path is refused before any rule is asked (policy/path).
 */
const path = z
  .string()
  .regex(
    /^(\/|(\/(?!\.{1,2}(\/|$))([A-Za-z0-9._~-]+|\{sub\}))*(\/\*\*)?)$/,
    'expected a path such as /a/b, /a/** or /a/{sub}',
  )
  .min(1);

const methods = z.array(method).min(1);
const paths = z.array(path).min(1);

/** The form of a policy file. */
export const policySchema: z.ZodType<Policy> = z.strictObject({
  id: name,
  tls: z.strictObject({ minimum: z.enum(['1.2', '1.3']) }),
  authentication: z.strictObject({
    issuer: z.url('expected the URL of the issuer'),
    audience: z.string().min(1),
    algorithm: z.literal('ES256'),
    claims: z.record(claim, z.string().min(1)),
  }),
  roles: z.record(name, z.strictObject({ claim, equals: z.string().min(1) })),
  rules: z.array(
    z.strictObject({ id: name, who: z.union([z.literal('authenticated'), z.array(name).min(1)]), methods, paths }),
  ),
  calls: z.array(z.strictObject({ from: name, to: name, methods, paths })),
  rateLimits: z.array(
    z.strictObject({
      id: name,
      per: z.enum(['edge', 'subject']),
      requestsPerSecond: z.int().positive(),
      burst: z.int().positive(),
    }),
  ),
  waivers: z
    .array(
      z.strictObject({
        enforcer: name,
        part: z
          .string()
          .regex(
            /^(tls|authentication|paths|rules\.[a-z0-9-]+|calls\.[a-z0-9-]+|rateLimits\.[a-z0-9-]+)$/,
            'expected tls, authentication, paths, rules.<id>, calls.<from>-<to> or rateLimits.<id>',
          ),
        reason: z.string().trim().min(1),
        expires: z.iso.date('expected a day such as 2027-03-31'),
      }),
    )
    .default([]),
});
