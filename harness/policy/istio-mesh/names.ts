import { identityOf } from '../../model/index.ts';
import type { Stack } from '../../model/index.ts';

/** The namespace whose policies hold for the whole mesh (`rootNamespace`). */
export const rootNamespace = 'istio-system';

/** The form of identity that Istio issues; the namespace is what stands in it. */
export const identityForm = /^spiffe:\/\/\{trustDomain\}\/ns\/([a-z0-9-]+)\/sa\/\{member\}$/;

/** The namespace of the members. */
export const namespaceOf = ({ identity }: Stack): string => identityForm.exec(identity)![1]!;

/** The name under which the mesh knows a service, and its certificate names it. */
export const hostOf = ({ trustDomain }: Stack, service: string): string => `${service}.${trustDomain}`;

/** A member as the source of a rule: its SPIFFE ID without the scheme. */
export const principalOf = (stack: Stack, member: string): string =>
  identityOf(stack, member).replace(/^spiffe:\/\//, '');

/** The label by which the resources of a member find its sidecar. */
export const labelsOf = (member: string): { readonly app: string } => ({ app: member });
