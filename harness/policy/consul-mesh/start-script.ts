import type { Policy, Stack } from '../../model/index.ts';
import { bootstrapFile, folders, xdsPort } from './layout.ts';
import type { Member } from './members.ts';

/** Consul's own choice; the edge's Envoy, beside which one sidecar stands, has another. */
const adminPort = 19000;

/**
 * Starts the server with what only a run knows: the root of its mesh, its management token, the addresses of its containers.
 * Then gives each member a token of its own, and its Envoy the configuration to begin with. Plain sh.
 */
export const startScript = (policy: Policy, stack: Stack, members: readonly Member[]): string => `#!/bin/sh
# Consul's server, compiled by Holdfast from the policy "${policy.id}" for the stack "${stack.id}".
set -eu
umask 077
run=${folders.run} config=${folders.config} secrets=${folders.secrets} members=${folders.members}
export CONSUL_HTTP_ADDR="unix://$run/http.sock"

# Runs a command until it succeeds; gives up after a minute.
persist() {
  tries=0
  until "$@" 2>"$run/error"; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || { echo "gave up: $*" >&2; cat "$run/error" >&2; exit 1; }
    sleep 0.2
  done
}

address() { getent hosts "$1" | awk '{ print $1; exit }' | grep .; }
in_json() { awk '{ printf "%s\\\\n", $0 }' "$1"; }

rm -f "$members"/*/${bootstrapFile}
own=$(persist address ${stack.controlPlane!.service})

mkdir -p "$run/config" "$run/services"
cp "$config"/agent/*.json "$run/config"
cp "$config"/services/*.json "$run/services"
${members
  .filter(({ called }) => called)
  .map(
    ({ id }) =>
      `sed -i "s/\\"address\\": \\"${id}\\"/\\"address\\": \\"$(persist address ${id})\\"/" "$run/services/${id}.json"`,
  )
  .join('\n')}
token=$(cat "$secrets/token")
cat >"$run/config/run.json" <<END
{
  "acl": { "tokens": { "initial_management": "$token", "agent": "$token" } },
  "connect": {
    "ca_config": {
      "root_cert": "$(in_json "$secrets/root.pem")",
      "private_key": "$(in_json "$secrets/root-key.pem")"
    }
  }
}
END

consul agent -config-dir "$run/config" &
server=$!
trap 'kill "$server" 2>/dev/null; exit' TERM INT

# A token that is good for one member, which registers with it; and the configuration by which its Envoy finds this server.
admit() {
  persist consul acl token create -token-file "$secrets/token" -description "$1" \\
    -secret "$(cat "$members/$1/token")" -service-identity "$1" >/dev/null
  persist consul services register -token-file "$members/$1/token" "$run/services/$1.json" >/dev/null
  persist consul connect envoy -bootstrap -sidecar-for "$1" -token-file "$members/$1/token" -admin-bind "$2" \\
    -grpc-addr "https://$own:${xdsPort}" -grpc-ca-file "$secrets/ca.pem" >"$members/$1/${bootstrapFile}.new"
  mv "$members/$1/${bootstrapFile}.new" "$members/$1/${bootstrapFile}"
}
${members.map(({ id }) => `admit ${id} 127.0.0.1:${adminPort}`).join('\n')}

wait "$server"
`;
