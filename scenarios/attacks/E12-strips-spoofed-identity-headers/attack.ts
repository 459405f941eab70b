import type { Attack } from '../../../harness/model/index.ts';
import { edgeForm, openRoute, requestOf } from '../../../harness/declare/forms/index.ts';

/** Header → spoofed value; DOMAIN stands for the mesh's trust domain. */
const spoofs: readonly (readonly [name: string, value: string])[] = [
  ['x-forwarded-for', '{markerIp}'],
  ['x-forwarded-host', '{marker}.example'],
  ['x-forwarded-proto', '{marker}'],
  ['x-forwarded-port', '{marker}'],
  ['x-forwarded-prefix', '/{marker}'],
  ['forwarded', 'for="[{markerIp}]";proto=https;host={marker}.example'],
  [
    'x-forwarded-client-cert',
    'By=spiffe://DOMAIN/storefront;Hash=0000000000000000000000000000000000000000000000000000000000000000;Subject="CN={marker}";URI=spiffe://DOMAIN/{marker}',
  ],
  ['x-real-ip', '{markerIp}'],
  ['true-client-ip', '{markerIp}'],
  ['x-user', '{marker}'],
  ['x-user-id', '{marker}'],
  ['x-role', '{marker}'],
  ['x-remote-user', '{marker}'],
  ['x-authenticated-user', '{marker}'],
  ['x-original-url', '/{marker}'],
  ['x-rewrite-url', '/{marker}'],
  ['x-envoy-original-path', '/{marker}'],
  ['x-envoy-external-address', '{markerIp}'],
  ['x-envoy-internal', '{marker}'],
  ['x-envoy-downstream-service-cluster', '{marker}'],
  ['x-envoy-peer-metadata-id', '{marker}'],
  ['x-holdfast-subject', '{marker}'],
];

/** E12: one spoofed header for each form, on the route that every authenticated user may take. */
export const attack: Attack = {
  attempts: (context) => {
    const { stack } = context;
    const route = openRoute(context);
    return spoofs.map(([name, value]) => {
      const headers = [[name, value.replaceAll('DOMAIN', stack.trustDomain)]] as const;
      return {
        ...edgeForm(stack, route, name, { ...requestOf(route), headers, token: route.token }),
        evidence: 'spoof',
      };
    });
  },
};
