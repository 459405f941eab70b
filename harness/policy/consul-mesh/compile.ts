import type { Compiler } from '../compiler.ts';
import { agent } from './agent.ts';
import { entries } from './entries.ts';
import { checkExpressible } from './expressible.ts';
import { intentions } from './intentions.ts';
import { membersOf } from './members.ts';
import { serviceDefinition } from './service-definition.ts';
import { sidecarScript } from './sidecar-script.ts';
import { startScript } from './start-script.ts';

/**
 * Compiles a policy for a mesh of Consul Connect: `control-plane/agent/*.json` is the configuration of the server, among it one
 * file for each configuration entry that it begins with (of them the intentions, with the callers, methods and paths of
 * `calls`), `control-plane/services/*.json` registers each member and its sidecar, and `control-plane/start.sh` and
 * `sidecar/start.sh` start them. Throws `inexpressible`.
 */
export const consulMesh: Compiler = (policy, stack) => {
  checkExpressible(policy, stack);
  const members = membersOf(stack);
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  return new Map([
    ['control-plane/agent/agent.json', json(agent(stack))],
    ...[...entries(policy, members), ...intentions(policy, stack)].map(
      (entry) =>
        [
          `control-plane/agent/${[entry.Kind, entry.Name].filter((part) => part !== undefined).join('-')}.json`,
          json({ config_entries: { bootstrap: [entry] } }),
        ] as const,
    ),
    ...members.map((member) => [`control-plane/services/${member.id}.json`, json(serviceDefinition(member))] as const),
    ['control-plane/start.sh', startScript(policy, stack, members)],
    ['sidecar/start.sh', sidecarScript(stack)],
  ]);
};
