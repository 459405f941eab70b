import type { Stack } from '../../model/index.ts';
import { outboundPort } from '../upstream.ts';

/** Whoever has a sidecar in the mesh. */
export type Member = {
  readonly id: string;
  /** Port of its sidecar. */
  readonly port: number;
  /** Whether the mesh can reach that port. Nobody calls the edge: its sidecar listens on the loopback. */
  readonly called: boolean;
  readonly workloadPort: number | null;
  readonly upstreams: readonly { readonly to: string; readonly port: number }[];
};

/** The edge, then the services in calling order. */
export const membersOf = (stack: Stack): readonly Member[] => {
  const [first] = stack.services as [Stack['services'][number]];
  const leadTo = (calls: readonly string[]) => calls.map((to, i) => ({ to, port: outboundPort + i }));
  return [
    { id: 'edge', port: first.meshPort, called: false, workloadPort: null, upstreams: leadTo([first.id]) },
    ...stack.services.map(({ id, meshPort, workloadPort, calls }) => ({
      id,
      port: meshPort,
      called: true,
      workloadPort,
      upstreams: leadTo(calls),
    })),
  ];
};
