import type { Attack } from '../../../harness/model/index.ts';
import { bystander, interceptionForm } from '../../../harness/declare/forms/index.ts';

/** M16: mitmproxy on every hop, in each of its modes. */
export const attack: Attack = {
  attempts: (context) =>
    context.hops.flatMap((hop) => [
      interceptionForm(context, hop, 'own-ca', { kind: 'mitmproxy', mode: 'own-ca' }),
      interceptionForm(context, hop, 'stolen-certificate', {
        kind: 'mitmproxy',
        mode: 'stolen-certificate',
        stolenFrom: bystander(context, hop),
      }),
      interceptionForm(context, hop, 'tamper', { kind: 'mitmproxy', mode: 'tamper' }),
    ]),
};
