import type { Attack, Form, StackService } from '../../../harness/model/index.ts';
import { meshForm, permittedCall } from '../../../harness/declare/forms/index.ts';

/** Ports by which a sidecar forwards what its workload sends and, where traffic is redirected, what the network sends. */
const sidecarPorts = { outbound: 15001, inbound: 15006 };

/** M2: the workload's own port, and the ports by which a sidecar forwards; through the outbound one, the request of each next service. */
export const attack: Attack = {
  attempts: (context) =>
    context.stack.services.flatMap((service) => {
      const [first, ...others] = context.stack.services.filter(({ id }) => service.calls.includes(id));
      const form = (variant: string, port: number, asked: StackService): Form =>
        meshForm(context, service, 'neighbour', variant, {
          certificate: null,
          send: { transport: 'plain', port, http: permittedCall(context, asked).send.http },
        });
      return [
        form('workload-port', service.workloadPort, service),
        form('outbound-port', sidecarPorts.outbound, first ?? service),
        ...others.map((next) => form(`outbound-port-to-${next.id}`, sidecarPorts.outbound, next)),
        form('inbound-port', sidecarPorts.inbound, service),
      ];
    }),
};
