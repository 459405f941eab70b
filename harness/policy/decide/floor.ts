import { tlsVersions } from '../../model/index.ts';
import type { Policy, TlsVersion } from '../../model/index.ts';
import { canonicalPath } from '../path/index.ts';

const canonical = new RegExp(`^(?:${canonicalPath})$`);

/** Is a path, as sent and without its query, one that only one reading is possible of? Every other one is refused. */
export const isCanonical = (path: string): boolean => canonical.test(path);

/** Does a version of TLS satisfy the floor of the policy? */
export const reachesFloor = (policy: Policy, version: TlsVersion): boolean =>
  tlsVersions.indexOf(version) >= tlsVersions.indexOf(policy.tls.minimum);
