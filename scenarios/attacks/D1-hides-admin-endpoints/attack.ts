import type { AdminEndpoint, Attack, Form, Twin } from '../../../harness/model/index.ts';
import { edgeForm, openRoute, permittedTwin, requestOf } from '../../../harness/declare/forms/index.ts';

/** Of the runtime of a workload, not of a product: the inspector of Node. */
const runtimes: readonly AdminEndpoint[] = [
  { path: '/json/version', proof: '"Protocol-Version"', ports: [9229], everywhere: false },
];

/** An endpoint, where it is asked for. */
type At = { readonly port: number; readonly path: string; readonly proof: string };

const form = (to: string, vantage: Form['vantage'], { port, path, proof }: At, twin: Twin): Form => ({
  variant: `${to === 'edge' && vantage === 'neighbour' ? 'mesh-' : ''}${port}${path}`,
  target: to,
  vantage,
  send: {
    to,
    port,
    transport: 'plain',
    freshShare: 1,
    http: { method: 'GET', path, headers: [] },
    proof,
  },
  twin,
  evidence: 'response',
});

/**
 * D1: the endpoints of all products, at their usual ports and at the stack's own admin ports of every member, and their paths through
 * the front door. Whoever attacks does not know what stands there.
 */
export const attack: Attack = {
  attempts: (context) => {
    const { stack } = context;
    const endpoints = [...context.endpoints, ...runtimes];
    const usual = endpoints.flatMap(({ path, proof, ports }): At[] => ports.map((port) => ({ port, path, proof })));
    const open = openRoute(context);
    const traffic: Twin = { kind: 'traffic', route: open.id };
    const first = permittedTwin(context, stack.services[0]!);
    const known = new Set(usual.map(({ port }) => port));
    /** With a stack's own ports that are not usual ones: whatever answers there, one of these would be part of it. */
    const at = (ports: readonly number[]): readonly At[] => [
      ...usual,
      ...ports
        .filter((port) => !known.has(port))
        .flatMap((port) =>
          endpoints.filter(({ everywhere }) => everywhere).map(({ path, proof }) => ({ port, path, proof })),
        ),
    ];
    return [
      ...(['outside', 'neighbour'] as const).flatMap((vantage) =>
        at(stack.edge.adminPorts).map((one) => form('edge', vantage, one, traffic)),
      ),
      ...stack.services.flatMap((service) =>
        at(service.adminPorts).map((one) => form(service.id, 'neighbour', one, permittedTwin(context, service))),
      ),
      ...(stack.controlPlane === null
        ? []
        : at(stack.controlPlane.adminPorts).map((one) => form('control-plane', 'neighbour', one, first))),
      ...endpoints.map(({ path, proof }) => {
        const { send, ...more } = edgeForm(stack, open, `front-door${path}`, {
          ...requestOf(open),
          path,
          token: open.token,
        });
        return { ...more, send: { ...send, proof }, evidence: 'response' as const };
      }),
    ];
  },
};
