import { z } from 'zod';
import type { DeepReadonly } from './readonly.ts';

/**
 * A form of an attack as data: what is sent, from where, what its legitimate twin is, and what proves an admission. Schema first: the
 * types below are inferred, and a schedule or a bundle is read by the same schemas.
 */
const text = z.string();
const texts = z.record(text, text);

/** Where an attempt comes from. */
export const vantages = ['outside', 'neighbour', 'insider', 'on-path', 'tap'] as const;
export type Vantage = (typeof vantages)[number];

/** What makes a token an attack; each is one entry of E1 to E3 or more. */
export const tokenAlterations = [
  'empty',
  'garbage',
  'oversized',
  'alg-none',
  'no-signature',
  'hs256-with-public-key',
  'injected-jwk',
  'injected-jku',
  'injected-x5c',
  'kid-traversal',
  'zero-signature',
  'stranger-key',
  'expired',
  'not-yet-valid',
  'wrong-issuer',
  'wrong-audience',
  'wrong-type',
  'no-expiry',
] as const;
export type TokenAlteration = (typeof tokenAlterations)[number];

export const certificateAlterations = [
  'self-signed',
  'expired',
  'not-yet-valid',
  'wrong-ca',
  'unknown-service',
  'wrong-trust-domain',
  'several-uris',
  'no-uri',
] as const;
export type CertificateAlteration = (typeof certificateAlterations)[number];

/** How a token is made. Without `alter` it is valid. */
const token = z.object({
  subject: text,
  /** Claims beside iss, aud, sub, iat, nbf, exp and the policy's required ones. */
  claims: texts,
  alter: z.enum(tokenAlterations).optional(),
});

/** How a certificate is made. Without `alter`: the valid one of the service, from the run's CA. */
export const certificateSchema = z.object({ service: text, alter: z.enum(certificateAlterations).optional() });

/**
 * In the path or a header, `{id}` is replaced by the attempt's identity; `{marker}` by `hf-spoof-SEQ` and `{markerIp}` by an
 * address in 2001:db8::/32 (RFC 3849), values that only this attempt uses; `{token}` by the token, which is then not sent in an
 * Authorization header of its own.
 */
const http = z.object({
  method: text,
  /** Value of the Host header; absent: the right one. */
  host: text.optional(),
  path: text,
  /** In the order sent; a name may stand twice. */
  headers: z.array(z.tuple([text, text])),
  /** Sent as `Authorization: Bearer …`; absent: no such header. */
  token: token.optional(),
});

/** What a ClientHello offers: `suites` by their names in the IANA registry of TLS parameters. */
const hello = z.object({ version: z.enum(['ssl-3.0', '1.0', '1.1', '1.2']), suites: z.array(text) });

/** A request as data. Ports and hosts are members of the stack; an address outside it cannot be expressed. */
export const sendSchema = z.object({
  /** Who is connected to: a service id, `edge`, or `control-plane` where the stack has one. */
  to: text,
  port: z.int().min(1).max(65_535),
  /** Which sender sends it, and how (harness/kinds/senders). */
  transport: text,
  /** The highest version of TLS that is offered; absent: the highest that the sender knows. */
  tls: z.object({ maximum: z.enum(['1.2', '1.3']) }).optional(),
  /** For a hello alone: the one version and the cipher suites that are offered. */
  hello: hello.optional(),
  /** Client certificate; absent: none is sent. */
  certificate: certificateSchema.optional(),
  /** Share of attempts that open a connection of their own; the others reuse one where the peer lets them. 1 on a mesh port. */
  freshShare: z.number().min(0).max(1),
  http,
  /** For evidence `response`: a regular expression that the body matches only where the protected thing answered. */
  proof: text.optional(),
  /** What only its sender knows of, in the form that the recipe of that sender gives it. */
  own: z.record(text, z.unknown()).optional(),
});

/**
 * `traffic`: the replayed requests of this route serve as twin. `request`: the harness sends this one beside the attempts,
 * from the same vantage.
 */
const twin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('traffic'), route: text }),
  z.object({ kind: z.literal('request'), send: sendSchema }),
]);

const decision = z.object({
  at: text,
  from: text.optional(),
  enforcer: text.nullable(),
  allow: z.boolean(),
  by: z.array(text),
});

/** One form of an attack: variant × target. Declarative: it holds recipes of credentials, never credentials. */
export const formSchema = z.object({
  /** e.g. `alg-none`, `expired`. */
  variant: text,
  /** The member of the stack that must refuse: a service id, `edge`, `control-plane`, or a hop `storefront→orders`. */
  target: text,
  vantage: z.enum(vantages),
  /** What is sent. */
  send: sendSchema,
  /** The legitimate request that differs from this one only by what makes it an attack. */
  twin,
  /** What proves an admission: a kind of evidence (harness/kinds/evidence). */
  evidence: text,
  /**
   * For evidence that compares: sent to see by what is decided at the moment, and not judged. While an edge is reloaded it is let in
   * by one of the configurations and refused by the other; where both never happened, nothing was reloaded.
   */
  probe: z.literal(true).optional(),
  /** For evidence that compares: what the policy says of it at every enforcer that it meets (harness/policy/decide). */
  decisions: z.array(decision).optional(),
  /** It is tried only while an action acts that belongs to it, as the taking over of a hop: such a form has operations of its own. */
  during: z.object({ action: text, op: z.record(text, z.unknown()) }).optional(),
});

export type Form = DeepReadonly<z.infer<typeof formSchema>>;
export type Send = Form['send'];
export type Twin = Form['twin'];
export type Hello = DeepReadonly<z.infer<typeof hello>>;
export type HttpRecipe = DeepReadonly<z.infer<typeof http>>;
export type TokenRecipe = DeepReadonly<z.infer<typeof token>>;
export type CertificateRecipe = DeepReadonly<z.infer<typeof certificateSchema>>;
