import type { Stack } from '../../model/index.ts';
import { bootstrapFile, folders } from './layout.ts';

/** Starts Envoy as soon as the control plane has left a configuration that leads to it. Plain sh, the same for each member. */
export const sidecarScript = (stack: Stack): string => `#!/bin/sh
# Envoy, which has all else of its configuration from Consul; compiled by Holdfast for the stack "${stack.id}".
set -eu
bootstrap=${folders.secrets}/${bootstrapFile}
tries=0
while [ "$tries" -lt 600 ]; do
  server=$(getent hosts ${stack.controlPlane!.service} | awk '{ print $1; exit }') || server=
  if [ -n "$server" ] && grep -qF "\\"$server\\"" "$bootstrap" 2>/dev/null; then
    exec envoy -c "$bootstrap" --concurrency 1 --disable-hot-restart --log-level warning
  fi
  tries=$((tries + 1))
  sleep 0.1
done
echo "expected a configuration from ${stack.controlPlane!.service} within a minute, found none" >&2
exit 1
`;
