import type { Hop, Stack } from '../../model/index.ts';

/** The hops of a stack, caller first: the edge to the first service, then each call of each service in their order. */
export const hopsOf = (stack: Stack): readonly Hop[] => {
  const port = new Map(stack.services.map((service) => [service.id, service.meshPort]));
  const first = stack.services[0]!;
  return [
    { from: 'edge', to: first.id, port: first.meshPort },
    ...stack.services.flatMap((service) => service.calls.map((to) => ({ from: service.id, to, port: port.get(to)! }))),
  ];
};

/** Everyone with a mesh identity: the edge, then the services in the order of the app. */
export const membersOf = (stack: Stack): readonly string[] => ['edge', ...stack.services.map((service) => service.id)];
