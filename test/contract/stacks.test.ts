import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { discoverStacks, hopsOf, membersOf } from '../../harness/declare/stack/index.ts';
import { renderConfiguration } from '../support/render.ts';

type Service = Record<string, unknown> & {
  network_mode?: string;
  networks?: Record<string, unknown> | string[];
  volumes?: string[];
  entrypoint?: unknown;
};

const networksOf = ({ networks = [] }: Service = {}): readonly string[] =>
  Array.isArray(networks) ? networks : Object.keys(networks);

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

    const fixtures = join(stack.folder, '../..');
    const { edge, mesh } = stack.parts;
    const folders = [
      ...[edge, mesh].flatMap((product) => (product === null ? [] : [join(fixtures, 'products', product)])),
      ...(edge === null || mesh === null ? [stack.folder] : []),
    ];
    for (const folder of folders) t.ok(existsSync(join(folder, 'README.md')), `${folder} says what it is`);
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
        if (mounted === undefined) continue;
        const made = [...files.keys()].some((path) => path === mounted || path.startsWith(`${mounted}/`));
        t.ok(made, `${name}: ${mounted} is in the configuration`);
      }
    }
    for (const { sidecar, workload } of stack.services.filter((service) => service.sidecar !== service.workload)) {
      t.equal(
        compose.services[workload]?.network_mode,
        `service:${sidecar}`,
        `${workload} has no network but its sidecar's`,
      );
      t.strictSame(networksOf(compose.services[sidecar]), ['mesh'], `${sidecar} is in the mesh alone`);
    }
    for (const { from, to } of hopsOf(stack))
      t.ok(
        policy.calls.some((call) => call.from === from && call.to === to),
        `the policy knows ${from} → ${to}`,
      );
  });
}
