import type { Json } from '../envoy/index.ts';
import { jwtFilter, payloadKey } from './jwt.ts';

const claim = (name: string, value: Json): Json => ({
  sourced_metadata: {
    metadata_matcher: { filter: jwtFilter, path: [{ key: payloadKey }, { key: name }], value },
  },
});

/** A principal whose verified token has this claim with exactly this value. */
export const claimEquals = (name: string, value: string): Json => claim(name, { string_match: { exact: value } });

/** A principal that presented a verified token at all. */
export const hasToken: Json = claim('iss', { present_match: true });
