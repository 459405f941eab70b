import { Document } from 'yaml';

/** A value of a resource. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** A resource of Istio, as its control plane reads it from a file. */
export type Resource = {
  readonly apiVersion: `${string}.istio.io/${string}`;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly [key: string]: Value };
};

/** The text of a file for Istio, with what it is for in a line on top. */
export const textOf = (value: Resource | { readonly [key: string]: Value }, comment: string): string => {
  // Go's YAML knows a bare `y` or `on` as a truth value.
  const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  document.commentBefore = ` ${comment}`;
  return document.toString({ lineWidth: 120 });
};
