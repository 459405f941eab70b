import type { App, AppService } from './app.ts';
import type { ClauseId } from './clauses.ts';
import type { FeatureId } from './features.ts';
import type { ControlVerdict } from './verdict.ts';

/** What a container is for. `attacker` and `load` are the harness's own. */
export const roles = ['edge', 'authorizer', 'sidecar', 'workload', 'control-plane', 'telemetry', 'authority'] as const;
export type Role = (typeof roles)[number];

/** A stack: `fixtures/stacks/<id>/stack.yaml` beside its compose file, with the edge and the mesh that it names. */
export type Stack = {
  readonly id: string;
  readonly title: string;
  /** Folder of the stack, absolute. */
  readonly folder: string;
  /** What stands behind its edge. A plan with routes of its own has its own put in here (declare/plan/on-stack). */
  readonly app: App;
  /** The policy file, absolute. */
  readonly policy: string;
  /** The products that its parts are, by name (`fixtures/products`); null for one as it ships, or that stands in the stack's own file. */
  readonly parts: { readonly edge: string | null; readonly mesh: string | null };
  /** Ids of the products in which each side is set, an authorizer after its edge: advice is chosen by them. */
  readonly products: { readonly edge: readonly string[]; readonly mesh: readonly string[] };
  /** Text of the compose file, with what it includes. */
  readonly compose: string;
  /** Compilers of `harness/policy`, by id; null for a side that is configured by files alone. */
  readonly compilers: { readonly edge: string | null; readonly mesh: string | null };
  /** Configuration that no compiler makes, mounted as it stands: path → text. */
  readonly configuration: ReadonlyMap<string, string>;
  readonly edge: StackEdge;
  /** The mesh's trust domain, and the identity of a member in it: a SPIFFE ID with `{trustDomain}` and `{member}`. */
  readonly trustDomain: string;
  readonly identity: string;
  readonly controlPlane: ControlPlane | null;
  /** The services of the app in their containers; the edge calls the first one. */
  readonly services: readonly StackService[];
  /** Images by compose variable: the name of a product, or of a folder in `fixtures/images`. */
  readonly images: readonly string[];
  /** What it has: of its parts, and what follows from them (harness/model/features.ts). */
  readonly features: readonly FeatureId[];
  /** Present where a product is run as it ships: such a stack is expected to be BROKEN. */
  readonly defaults: Defaults | null;
};

/** The load balancer of a stack. */
export type StackEdge = {
  /** Compose service, its name in the public network, and its TLS port. */
  readonly service: string;
  readonly hostname: string;
  readonly port: number;
  /**
   * How it reaches the first service: `mutual-tls` by itself, with a certificate of the mesh; `sidecar` in clear over the loopback
   * that it shares with a sidecar of its own; `clear` over the network, where there is no mesh.
   */
  readonly upstream: Upstream;
  /** Admin, statistics and dashboard ports that must not answer from any network. */
  readonly adminPorts: readonly number[];
  /** How it takes a changed configuration while it serves; null where only a restart does that. */
  readonly reload: Reload | null;
};

/** What makes an edge read its files again: signals to its compose services, in order; none where it watches them. */
export type Reload = { readonly signals: readonly { readonly service: string; readonly signal: string }[] };

export type Upstream = 'mutual-tls' | 'sidecar' | 'clear';

/** What configures the sidecars, and issues their certificates from the root that the run gives it. */
export type ControlPlane = {
  /** Compose service; also its name in the mesh network. */
  readonly service: string;
  /** Ports that must give nothing to who has no credential. */
  readonly adminPorts: readonly number[];
  /** Further DNS names of its own certificate. */
  readonly names: readonly string[];
  /** What a member first proves itself with: a token of its own, or a certificate that the mesh's root issued before. */
  readonly admits: 'token' | 'certificate';
};

/** A product as its getting-started page sets it up, and what its documentation says of what that leaves open. */
export type Defaults = {
  readonly product: string;
  readonly version: string;
  /** URL of the page that the configuration is from. */
  readonly page: string;
  /** What the documentation says of a clause that it leaves open, by the clause. */
  readonly documentation: Readonly<Partial<Record<ClauseId, string>>>;
  /** What got through where it was measured; null where it never was. */
  readonly expected: Expectation | null;
};

/** What a measured run of a stack came to, as `holdfast expect` wrote it: the next ones are held to it. */
export type Expectation = {
  /** The run that was measured: its id, its plan, the version of the harness, and the SHA-256 of its report.json, where that was kept. */
  readonly measured: {
    readonly run: string;
    readonly plan: string;
    readonly harness: string;
    readonly report?: string | undefined;
  };
  /** Ids of the attacks by their verdicts. */
  readonly verdicts: Readonly<Record<ControlVerdict, readonly string[]>>;
};

/** One service of the app: a workload behind its sidecar, in one network namespace. */
export type StackService = AppService & {
  /** Compose services; the same one twice where there is no sidecar. */
  readonly sidecar: string;
  readonly workload: string;
  /** Mutual-TLS port of the sidecar on the mesh network; without a sidecar the workload's own. */
  readonly meshPort: number;
  /** The workload's own port, on its loopback only. */
  readonly workloadPort: number;
  /** Admin and stats ports that must not answer from the network. */
  readonly adminPorts: readonly number[];
};

/** One hop between two members of the mesh, caller first; the first hop's caller is the edge. */
export type Hop = { readonly from: string; readonly to: string; readonly port: number };

/** The mesh identity of a member, as a SPIFFE ID; under another trust domain where one is given. Pure. */
export const identityOf = (
  { identity, trustDomain }: Pick<Stack, 'identity' | 'trustDomain'>,
  member: string,
  domain: string = trustDomain,
): string => identity.replaceAll('{trustDomain}', domain).replaceAll('{member}', member);
