import type { Attack, Form, Twin } from '../../../harness/model/index.ts';
import { edgeForm, permittedTwin, requestOf, routeOf } from '../../../harness/declare/forms/index.ts';

/** What only the endpoint itself answers. */
const proofs = {
  '/config_dump': '"@type": ?"type\\.googleapis\\.com/envoy\\.admin',
  '/server_info': '"hot_restart_version"',
  '/stats': '(^|\\n)(server\\.live|cluster_manager\\.[a-z_]+|listener_manager\\.[a-z_]+): [0-9]',
  '/stats/prometheus': '(^|\\n)# TYPE [a-zA-Z_:]+ (counter|gauge|histogram)',
  '/clusters': '::(added_via_api|observability_name|default_priority)::',
  '/json/version': '"Protocol-Version"',
} as const;
type Path = keyof typeof proofs;

/** Usual ports: Envoy's admin, Istio's agent and metrics, Consul's sidecar, Node's inspector. */
const usual: readonly (readonly [port: number, path: Path])[] = [
  [15000, '/config_dump'],
  [9901, '/config_dump'],
  [8001, '/server_info'],
  [19000, '/config_dump'],
  [15020, '/stats/prometheus'],
  [15090, '/stats/prometheus'],
  [9229, '/json/version'],
];

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
    const { stack, policy } = context;
    const catalogue = routeOf(policy, 'catalogue');
    const traffic: Twin = { kind: 'traffic', route: catalogue.id };
    const known = new Set(usual.map(([port]) => port));
    const further = (ports: readonly number[]): readonly (readonly [number, Path])[] =>
      ports.flatMap((port) => [
        ...(known.has(port) ? [] : [[port, '/config_dump'] as const]),
        [port, '/stats'] as const,
        [port, '/clusters'] as const,
      ]);
    return [
      ...(['outside', 'neighbour'] as const).flatMap((vantage) =>
        usual.map(([port, path]) => endpoint('edge', vantage, port, path, traffic)),
      ),
      ...stack.services.flatMap((service) =>
        [...usual, ...further(service.adminPorts)].map(([port, path]) =>
          endpoint(service.id, 'neighbour', port, path, permittedTwin(context, service)),
        ),
      ),
      ...(Object.keys(proofs) as Path[]).map((path) => {
        const form = edgeForm(stack, catalogue, `front-door${path}`, {
          ...requestOf(catalogue),
          path,
          token: catalogue.token,
        });
        return { ...form, send: { ...form.send, proof: proofs[path] }, evidence: 'response' as const };
      }),
    ];
  },
};
