import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { discoverStacks, hopsOf, membersOf } from '../../harness/declare/stack/index.ts';
import { renderConfiguration } from '../../harness/policy/index.ts';

type Service = Record<string, unknown> & {
  network_mode?: string;
  networks?: Record<string, unknown>;
  volumes?: string[];
  entrypoint?: unknown;
};

const stacks = discoverStacks();
t.ok(stacks.length > 0, 'there are stacks');

for (const stack of stacks) {
  t.test(stack.id, async (t) => {
    const policy = readPolicy(stack.policy, membersOf(stack));
    const files = renderConfiguration(policy, stack, { today: '2026-01-01' });
    const compose = parse(files.get('compose.yaml')!, { merge: true }) as {
      services: Record<string, Service>;
      networks: Record<string, { internal?: boolean }>;
    };

    t.ok(existsSync(join(stack.folder, 'README.md')), 'says what it is');
    t.strictSame(Object.keys(compose.networks).toSorted(), ['mesh', 'public']);
    for (const [name, service] of Object.entries(compose.services)) {
      t.match(
        service,
        { read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] },
        `${name} is hardened`,
      );
      t.notOk('ports' in service, `${name} publishes no port`);
      t.ok(Array.isArray(service.entrypoint), `${name} names its program, so that any image of it will do`);
      for (const volume of service.volumes ?? []) {
        const mounted = /^\$\{HOLDFAST_CONFIG[^}]*\}\/([^:]+):/.exec(volume)?.[1];
        if (mounted !== undefined) t.ok(files.has(mounted), `${name}: ${mounted} is made by a compiler`);
      }
    }
    for (const { sidecar, workload } of stack.services) {
      t.equal(
        compose.services[workload]?.network_mode,
        `service:${sidecar}`,
        `${workload} has no network but its sidecar's`,
      );
      t.strictSame(Object.keys(compose.services[sidecar]?.networks ?? {}), ['mesh'], `${sidecar} is in the mesh alone`);
    }
    for (const { from, to } of hopsOf(stack))
      t.ok(
        policy.calls.some((call) => call.from === from && call.to === to),
        `the policy knows ${from} → ${to}`,
      );
  });
}
