import type { TlsVersion, TokenRecipe } from '../../model/index.ts';

/** A request as it arrives at the edge. */
export type EdgeRequest = {
  /** The highest version that the client offers: a server that knows it chooses it. */
  readonly tls: TlsVersion;
  /** The Host header, as sent. */
  readonly host: string;
  readonly method: string;
  /** The request target as sent, with its query. */
  readonly target: string;
  /** What stands in each Authorization header. */
  readonly credentials: readonly Credential[];
};

/** An Authorization header; `token` is null where what follows the scheme is no token. */
export type Credential = { readonly scheme: string; readonly token: TokenRecipe | null };

/** A call as it arrives at the mesh port of a service. */
export type MeshCall = {
  /** The member whose valid certificate the caller has; null: none. */
  readonly from: string | null;
  readonly to: string;
  readonly tls: TlsVersion;
  readonly method: string;
  readonly target: string;
};

/** The path of a request target: what rules are about. */
export const pathOf = (target: string): string => target.split('?', 1)[0] ?? '';
