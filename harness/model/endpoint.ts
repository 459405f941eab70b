/** An endpoint of administration, metrics or debugging, as a product has it: `fixtures/products/<id>/endpoints.yaml`. */
export type AdminEndpoint = {
  readonly path: string;
  /** What only the endpoint itself answers: a regular expression over the body. */
  readonly proof: string;
  /** The ports at which it usually is; none where it is asked for at the front door alone. */
  readonly ports: readonly number[];
  /** It is asked for at whatever further admin port a stack has: what answers there may be part of it. */
  readonly everywhere: boolean;
};
