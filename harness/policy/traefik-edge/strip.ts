import { identityHeaders } from '../identity-headers.ts';

/** What the entry point itself removes or writes anew, as long as it trusts no client (`forwardedHeaders`). */
const ofTheEntryPoint = new Set(['x-real-ip']);

/** Known names that begin like those that the entry point writes: the pattern below must leave them alone. */
const forwardedNames = [
  'x-forwarded-path',
  'x-forwarded-preferred-username',
  'x-forwarded-scheme',
  'x-forwarded-ssl',
  'x-forwarded-sni',
  'x-forwarded-spdy',
  'x-forwarded-subject',
  'x-forwarded-hash',
  'x-forwarded-fingerprint',
];

/** Names of identity headers that the `headers` middleware removes: an empty value means that, in Traefik. */
export const removedByName: readonly string[] = [
  ...identityHeaders.names.filter((name) => !ofTheEntryPoint.has(name)),
  ...forwardedNames,
];

const canonical = (prefix: string): string => prefix.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/**
 * Prefixes, as the one pattern of Traefik that removes headers: what matches it is taken from the request before those of the
 * authorizer's answer that match are added, and it sends none. Go writes header names with capitals. Of X-Forwarded-*, the names
 * that begin like For, Host, Port, Proto and Server are left to the entry point, which writes those.
 */
export const removedByPattern: string = `^(${identityHeaders.prefixes
  .map((prefix) => (prefix === 'x-forwarded-' ? 'X-Forwarded-[^FHPS]' : canonical(prefix)))
  .join('|')})`;
