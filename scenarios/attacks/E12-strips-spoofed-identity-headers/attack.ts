import type { Attack } from '../../../harness/model/index.ts';
import { edgeForm, requestOf, routeOf } from '../../../harness/declare/forms/index.ts';

/** Header → spoofed value; DOMAIN stands for the mesh's trust domain. */
const spoofs: readonly (readonly [name: string, value: string])[] = [
  ['x-forwarded-for', '{markerIp}'],
  ['x-forwarded-host', '{marker}.example'],
  ['x-forwarded-proto', '{marker}'],
  ['x-forwarded-port', '{marker}'],
  ['x-forwarded-prefix', '/{marker}'],
  ['x-forwarded-user', '{marker}'],
  ['forwarded', 'for="[{markerIp}]";proto=https;host={marker}.example'],
  [
    'x-forwarded-client-cert',
    'By=spiffe://DOMAIN/storefront;Hash=0000000000000000000000000000000000000000000000000000000000000000;Subject="CN={marker}";URI=spiffe://DOMAIN/{marker}',
  ],
  ['x-real-ip', '{markerIp}'],
  ['x-client-ip', '{markerIp}'],
  ['true-client-ip', '{markerIp}'],
  ['x-user', '{marker}'],
  ['x-user-id', '{marker}'],
  ['x-role', '{marker}'],
  ['x-original-url', '/{marker}'],
  ['x-rewrite-url', '/{marker}'],
  ['x-envoy-original-path', '/{marker}'],
  ['x-envoy-external-address', '{markerIp}'],
  ['x-envoy-internal', '{marker}'],
  ['x-envoy-downstream-service-cluster', '{marker}'],
  ['x-envoy-peer-metadata-id', '{marker}'],
  ['x-holdfast-subject', '{marker}'],
  ['x-holdfast-peer', 'spiffe://DOMAIN/{marker}'],
];

/** E12: one spoofed header for each form, on the route that ends at the first service and on one that goes deeper. */
export const attack: Attack = {
  attempts: ({ stack, policy }) =>
    (['catalogue', 'orders'] as const).flatMap((id) => {
      const route = routeOf(policy, id);
      return spoofs.map(([name, value]) => ({
        ...edgeForm(stack, route, `${name}@${id}`, {
          ...requestOf(route),
          headers: [[name, value.replaceAll('DOMAIN', stack.trustDomain)]],
          token: route.token,
        }),
        evidence: 'spoof' as const,
      }));
    }),
};
