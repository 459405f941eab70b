/** A piece of an Envoy configuration. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const types = 'type.googleapis.com';

/** A named extension with its typed configuration. `type` is the full protobuf name. */
export const extension = (name: string, type: string, config: { readonly [key: string]: Json } = {}): Json => ({
  name,
  typed_config: { '@type': `${types}/${type}`, ...config },
});
