/** What a container is for. `attacker` and `load` are the harness's own. */
export const roles = ['edge', 'sidecar', 'workload', 'control-plane', 'telemetry', 'authority'] as const;
export type Role = (typeof roles)[number];

/** A stack as described by `fixtures/stacks/<id>/stack.yaml` beside its compose file. */
export type Stack = {
  readonly id: string;
  readonly title: string;
  /** Folder of the stack, absolute. */
  readonly folder: string;
  /** The policy file, absolute. */
  readonly policy: string;
  /** The mesh's trust domain: identities are `spiffe://DOMAIN/SERVICE`. */
  readonly trustDomain: string;
  /** Compilers of `harness/policy`, by id, for each side. */
  readonly compilers: { readonly edge: string; readonly mesh: string };
  readonly edge: {
    /** Compose service, its name in the public network, and its TLS port. */
    readonly service: string;
    readonly hostname: string;
    readonly port: number;
  };
  /** The workload chain, in calling order; the edge calls the first one. */
  readonly services: readonly StackService[];
  /** Images by compose variable: the name of a folder in `fixtures/images`. */
  readonly images: readonly string[];
  /** Attacks that do not apply here, with the reason. */
  readonly notApplicable: Readonly<Record<string, string>>;
};

/** One service of the chain: a workload behind its sidecar, in one network namespace. */
export type StackService = {
  /** Mesh identity and DNS name in the mesh network, e.g. `orders`. */
  readonly id: string;
  /** Compose services. */
  readonly sidecar: string;
  readonly workload: string;
  /** Mutual-TLS port of the sidecar on the mesh network. */
  readonly meshPort: number;
  /** The workload's own port, on its loopback only. */
  readonly workloadPort: number;
  /** Admin and stats ports that must not answer from the network. */
  readonly adminPorts: readonly number[];
  /** The next services that it calls. */
  readonly calls: readonly string[];
};

/** One hop between two members of the mesh, caller first; the first hop's caller is the edge. */
export type Hop = { readonly from: string; readonly to: string; readonly port: number };
