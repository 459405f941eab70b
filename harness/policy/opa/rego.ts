import type { Policy } from '../../model/index.ts';
import { canonicalPath } from '../path/index.ts';
import { authorizer } from './contract.ts';
import { rules } from './rules.ts';
import { quote } from './text.ts';

/**
 * The policy in OPA's language. A token is taken from the one Authorization header alone, must be signed by ES256 with a key of
 * the issuer (`data.jwks`), be of this issuer and audience, be in its time, and carry what OPA does not ask for by itself: an
 * expiry, a subject that is one plain segment of a path, the claims of the policy (RFC 6750, RFC 8725).
 */
export const rego = (policy: Policy): string => [preamble(policy), decision, token(policy), rules(policy)].join('\n');

const preamble = (policy: Policy): string => `# Policy ${quote(policy.id)} for OPA.
# input: { method, uri: as the client sent it, authorization: the values of all such headers }
package holdfast

path := split(input.uri, "?")[0]

canonical if regex.match(\`^(?:${canonicalPath})$\`, path)
`;

const decision = `# The first that applies. Whatever goes wrong in a condition makes it undefined, and the request is refused.
decision := refuse(400, "path-not-canonical", {}) if not canonical
else := refuse(401, "token-missing", {"WWW-Authenticate": "Bearer"}) if not token
else := refuse(401, "token-not-verified", invalid) if not verified
else := refuse(401, "token-claims", invalid) if not claims
else := {
	"status": 200,
	"reason": concat(",", granted),
	"headers": {${quote(authorizer.subjectHeader)}: claims.sub},
} if count(granted) > 0
else := refuse(403, "no-rule", {})

refuse(status, reason, headers) := {"status": status, "reason": reason, "headers": headers}

invalid := {"WWW-Authenticate": "Bearer error=\\"invalid_token\\""}
`;

const token = ({ authentication }: Policy): string => `token := captured[1] if {
	count(input.authorization) == 1
	[captured] := regex.find_all_string_submatch_n(\`^Bearer ([A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+)$\`, input.authorization[0], 1)
}

jwks := json.marshal(data.jwks)

verified := payload if {
	[valid, _, payload] := io.jwt.decode_verify(token, {
		"cert": jwks,
		"alg": ${quote(authentication.algorithm)},
		"iss": ${quote(authentication.issuer)},
		"aud": ${quote(authentication.audience)},
	})
	valid
}

claims := verified if {
	is_number(verified.exp)
	regex.match(\`^[A-Za-z0-9._~-]+$\`, verified.sub)
${Object.entries(authentication.claims)
  .map(([name, value]) => `\tverified[${quote(name)}] == ${quote(value)}\n`)
  .join('')}}
`;
