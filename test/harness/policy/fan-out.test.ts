import { join } from 'node:path';
import { parse } from 'yaml';
import t from 'tap';
import { projectRoot } from '../../../harness/declare/discover/index.ts';
import { readPolicy } from '../../../harness/declare/policy/index.ts';
import { readStack } from '../../../harness/declare/stack/index.ts';
import type { Stack } from '../../../harness/model/index.ts';
import { outboundPortsOf } from '../../../harness/policy/index.ts';
import { diamondStack } from '../../support/diamond.ts';
import { renderConfiguration } from '../../support/render.ts';

t.test('one port for each service; those that share a caller have different ones', async (t) => {
  t.strictSame(
    [...outboundPortsOf(diamondStack.services)],
    [
      ['a', 15001],
      ['b', 15001],
      ['c', 15002],
      ['d', 15001],
    ],
  );
  const clique = [
    { id: 'a', answers: [], calls: ['d', 'b', 'c'] },
    { id: 'b', answers: [], calls: ['d', 'c'] },
    { id: 'c', answers: [], calls: ['d'] },
    { id: 'd', answers: [], calls: [] },
  ];
  t.strictSame([...outboundPortsOf(clique).values()], [15001, 15001, 15002, 15003]);
});

/** The shop with a storefront that calls payments as well, which is then called by two. */
const forked = (id: string): Stack => {
  const stack = readStack(join(projectRoot, 'fixtures/stacks', id));
  const services = stack.services.map((service) =>
    service.id === 'storefront' ? { ...service, calls: ['orders', 'payments'] } : service,
  );
  return { ...stack, services };
};

// oxlint-disable-next-line typescript/no-explicit-any
type Parsed = any;

/** Where a sidecar of each mesh leads out to, by port, as its configuration says it. */
const waysOut: Readonly<Record<string, (files: ReadonlyMap<string, string>, member: string) => [number, string][]>> = {
  'envoy-envoy': (files, member) =>
    parse(files.get(`${member}/envoy.yaml`)!)
      .static_resources.listeners.filter(({ name }: Parsed) => name.startsWith('outbound'))
      .map(({ address, filter_chains: [{ filters }] }: Parsed) => [
        address.socket_address.port_value,
        filters[0].typed_config.route_config.virtual_hosts[0].routes[0].route.cluster,
      ]),
  'envoy-consul': (files, member) =>
    JSON.parse(files.get(`control-plane/services/${member}.json`)!)
      .services.flatMap(({ proxy }: Parsed) => proxy?.upstreams ?? [])
      .map((upstream: Parsed) => [upstream.local_bind_port, upstream.destination_name]),
  'envoy-istio': (files, member) =>
    parse(files.get(`istio/resources/Sidecar-${member}.yaml`)!).spec.egress.flatMap(({ port, hosts }: Parsed) =>
      port === undefined ? [] : [[port.number, /\/([^.]*)/.exec(hosts[0])![1]]],
    ),
};

for (const [id, ways] of Object.entries(waysOut)) {
  t.test(`${id}: a service that calls several leads out to each at its port`, async (t) => {
    const stack = forked(id);
    const policy = readPolicy(stack.policy);
    const [call] = policy.calls.filter(({ from }) => from === 'orders');
    const files = renderConfiguration(
      { ...policy, calls: [...policy.calls, { ...call!, from: 'storefront' }] },
      stack,
      { today: '2026-01-01' },
    );
    t.strictSame(ways(files, 'storefront'), [
      [15001, 'orders'],
      [15002, 'payments'],
    ]);
    t.strictSame(ways(files, 'orders'), [[15002, 'payments']]);
    t.strictSame(ways(files, 'payments'), []);
  });
}
