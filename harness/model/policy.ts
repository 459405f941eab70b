/** The one policy, as read from an app's `policy.yaml`, or a stack's own. Compiled into every enforcer's configuration. */
export type Policy = {
  readonly id: string;
  readonly tls: { readonly minimum: '1.2' | '1.3' };
  readonly authentication: Authentication;
  /** Role name → the claim and value that confer it. */
  readonly roles: Readonly<Record<string, { readonly claim: string; readonly equals: string }>>;
  readonly rules: readonly Rule[];
  /** The matrix of the mesh: whatever is not listed is denied. */
  readonly calls: readonly Call[];
  readonly rateLimits: readonly RateLimit[];
  /** What an enforcer is known not to enforce, until a day. */
  readonly waivers: readonly Waiver[];
};

/** How the edge authenticates: a bearer token in the Authorization header, in no other place. */
export type Authentication = {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithm: 'ES256';
  /** Claims that every token must carry with exactly this value, e.g. `token_use: access`. */
  readonly claims: Readonly<Record<string, string>>;
};

/** Who may do what at the edge. Default deny. */
export type Rule = {
  readonly id: string;
  /** `authenticated`, or the roles of which one is needed. */
  readonly who: 'authenticated' | readonly string[];
  readonly methods: readonly string[];
  /** Exact paths, `/prefix/**`, and `{sub}` for a whole segment that must equal the token's subject. */
  readonly paths: readonly string[];
};

/** One permitted caller of one service, by mesh identity. */
export type Call = {
  readonly from: string;
  readonly to: string;
  readonly methods: readonly string[];
  readonly paths: readonly string[];
};

/** A token bucket at the edge: `edge` for all requests together, `subject` for each token subject. */
export type RateLimit = {
  readonly id: string;
  readonly per: 'edge' | 'subject';
  readonly requestsPerSecond: number;
  readonly burst: number;
};

/** A part of the policy that one enforcer cannot express, and that is accepted until a day. */
export type Waiver = {
  /** Id of a compiler, `<product>-edge` or `<product>-mesh`. */
  readonly enforcer: string;
  /** `tls`, `authentication`, `paths`, `rules.<id>`, `calls.<from>-<to>` or `rateLimits.<id>`. */
  readonly part: string;
  readonly reason: string;
  /** Last day on which it holds, `YYYY-MM-DD` (UTC). */
  readonly expires: string;
};
