/** Where something stands in a file that a user can open and change. */
export type SourcePlace = {
  /** Path from the root of the repository, or from the working directory for a file outside it; with forward slashes. */
  readonly file: string;
  /** Counted from one. */
  readonly line: number;
  /**
   * What stands there. Of a policy as a waiver names it (`tls`, `authentication`, `rules.own`, `calls.front-back`,
   * `rateLimits.edge-total`), or a whole list (`rules`), or `waivers.<enforcer>.<part>`; of a plan `attacks.<id>`.
   */
  readonly part: string;
};
