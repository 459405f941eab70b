/** Versions of TLS, oldest first. */
export const tlsVersions = ['1.0', '1.1', '1.2', '1.3'] as const;
export type TlsVersion = (typeof tlsVersions)[number];

/** What the policy says of a request at one enforcer: the edge, or the sidecar of a service. */
export type Decision = {
  /** Member that enforces it: `edge`, or a service. */
  readonly at: string;
  /** Who calls there, where it is not the member of the decision before it. */
  readonly from?: string;
  /** Id of the compiler that configured it; null where files alone do. */
  readonly enforcer: string | null;
  readonly allow: boolean;
  /**
   * The parts of the policy that decide so, as a waiver names them: for an allowed request each rule or call that grants it, for a
   * denied one each reason that suffices alone (`tls`, `host`, `paths`, `authentication`, `rules` where no rule grants it, `calls`).
   */
  readonly by: readonly string[];
};
