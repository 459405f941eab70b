import { readStack } from '../../harness/declare/stack/index.ts';
import type { App, AppService, AttackContext, Policy, Stack } from '../../harness/model/index.ts';
import { hopsOf } from '../../harness/declare/stack/index.ts';
import { join } from 'node:path';
import { endpoints } from './products.ts';

/**
 * A second app, small and of no shop: the edge leads to a, a calls b and c, and both call d. What is read is answered by a, what is one's
 * own by b and c, and what is made by d, to which two ways lead.
 */
const services: readonly AppService[] = [
  { id: 'a', answers: ['/read'], calls: ['b', 'c'] },
  { id: 'b', answers: ['/own'], calls: ['d'] },
  { id: 'c', answers: ['/own'], calls: ['d'] },
  { id: 'd', answers: ['/make'], calls: [] },
];

const app: App = {
  id: 'diamond',
  folder: '/diamond',
  services,
  routes: [
    { id: 'make', weight: 1, method: 'PUT', path: '/make/{sub}', role: 'writer' },
    { id: 'own', weight: 2, method: 'GET', path: '/own/{sub}/1', role: 'reader' },
    { id: 'read', weight: 3, method: 'GET', path: '/read/1', role: 'reader' },
  ],
  users: { attacker: 'trudy', victim: 'bob' },
};

export const diamondPolicy: Policy = {
  id: 'diamond',
  tls: { minimum: '1.3' },
  authentication: { issuer: 'https://issuer.test', audience: 'diamond', algorithm: 'ES256', claims: {} },
  roles: { reader: { claim: 'group', equals: 'readers' }, writer: { claim: 'group', equals: 'writers' } },
  rules: [
    { id: 'make', who: ['writer'], methods: ['PUT'], paths: ['/make/{sub}'] },
    { id: 'own', who: ['reader'], methods: ['GET'], paths: ['/own/{sub}/**'] },
    { id: 'read', who: 'authenticated', methods: ['GET'], paths: ['/read/**', '/read'] },
  ],
  calls: [
    { from: 'edge', to: 'a', methods: ['GET', 'PUT'], paths: ['/make/**', '/own/**', '/read/**', '/read'] },
    ...['b', 'c'].flatMap((id) => [
      { from: 'a', to: id, methods: ['GET', 'PUT'], paths: ['/own/**', '/make/**'] },
      { from: id, to: 'd', methods: ['PUT'], paths: ['/make/**'] },
    ]),
  ],
  rateLimits: [],
  waivers: [],
};

const shipped = readStack(join(import.meta.dirname, '../../fixtures/stacks/envoy-envoy'));

export const diamondStack: Stack = {
  ...shipped,
  id: 'diamond',
  app,
  services: services.map((service) => ({
    ...service,
    sidecar: `${service.id}-sidecar`,
    workload: service.id,
    meshPort: 15443,
    workloadPort: 8080,
    adminPorts: [],
  })),
};

export const diamond: AttackContext = {
  stack: diamondStack,
  policy: diamondPolicy,
  hops: hopsOf(diamondStack),
  endpoints,
};
