import type { Attack } from '../../../harness/model/index.ts';
import { meshForm } from '../../../harness/declare/forms/index.ts';

/** M1: both versions of HTTP, in clear, to every service. */
export const attack: Attack = {
  attempts: (context) =>
    context.stack.services.flatMap((service) =>
      (['plain', 'h2c'] as const).map((transport) =>
        meshForm(context, service, 'neighbour', transport, {
          certificate: null,
          send: { transport },
          evidence: 'answer',
        }),
      ),
    ),
};
