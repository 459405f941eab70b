import type { Attack, Form, Twin } from '../../../harness/model/index.ts';
import { edgeForm, openRoute, permittedTwin, requestOf } from '../../../harness/declare/forms/index.ts';
import { proofs, usual } from './endpoints.ts';
import type { Path } from './endpoints.ts';

const endpoint = (to: string, vantage: Form['vantage'], port: number, path: Path, twin: Twin): Form => ({
  variant: `${to === 'edge' && vantage === 'neighbour' ? 'mesh-' : ''}${port}${path}`,
  target: to,
  vantage,
  send: {
    to,
    port,
    transport: 'plain',
    freshShare: 1,
    http: { method: 'GET', path, headers: [] },
    proof: proofs[path],
  },
  twin,
  evidence: 'response',
});

/** D1: the usual ports and the stack's own admin ports of every member, and the endpoints' paths through the front door. */
export const attack: Attack = {
  attempts: (context) => {
    const { stack } = context;
    const open = openRoute(context);
    const traffic: Twin = { kind: 'traffic', route: open.id };
    const first = permittedTwin(context, stack.services[0]!);
    const known = new Set(usual.map(([port]) => port));
    /** A stack's own ports that are not usual ones: whatever answers there, one of these would be part of it. */
    const further = (ports: readonly number[]): readonly (readonly [number, Path])[] =>
      ports
        .filter((port) => !known.has(port))
        .flatMap((port) =>
          (['/config_dump', '/stats', '/server-status', '/v1/agent/self'] as const).map(
            (path) => [port, path] as const,
          ),
        );
    return [
      ...(['outside', 'neighbour'] as const).flatMap((vantage) =>
        [...usual, ...further(stack.edge.adminPorts)].map(([port, path]) =>
          endpoint('edge', vantage, port, path, traffic),
        ),
      ),
      ...stack.services.flatMap((service) =>
        [...usual, ...further(service.adminPorts)].map(([port, path]) =>
          endpoint(service.id, 'neighbour', port, path, permittedTwin(context, service)),
        ),
      ),
      ...(stack.controlPlane === null
        ? []
        : [...usual, ...further(stack.controlPlane.adminPorts)].map(([port, path]) =>
            endpoint('control-plane', 'neighbour', port, path, first),
          )),
      ...(Object.keys(proofs) as Path[]).map((path) => {
        const form = edgeForm(stack, open, `front-door${path}`, {
          ...requestOf(open),
          path,
          token: open.token,
        });
        return { ...form, send: { ...form.send, proof: proofs[path] }, evidence: 'response' as const };
      }),
    ];
  },
};
