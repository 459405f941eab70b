import type { Attack } from '../../../harness/model/index.ts';
import { meshForm, permittedCall } from '../../../harness/declare/forms/index.ts';

/** Ports by which a sidecar forwards what its workload sends and, where traffic is redirected, what the network sends. */
const sidecarPorts = { outbound: 15001, inbound: 15006 };

/** M2: the workload's own port, and the ports by which a sidecar forwards; through the outbound one, the next service's request. */
export const attack: Attack = {
  attempts: (context) =>
    context.stack.services.flatMap((service) => {
      const next = context.stack.services.find(({ id }) => id === service.calls[0]);
      return Object.entries({ workload: service.workloadPort, ...sidecarPorts }).map(([name, port]) => {
        const http = permittedCall(context, name === 'outbound' && next !== undefined ? next : service).send.http;
        return meshForm(context, service, 'neighbour', `${name}-port`, {
          certificate: null,
          send: { transport: 'plain', port, http },
        });
      });
    }),
};
