import type { Attack } from '../../../harness/model/index.ts';
import { bystander, crossedHops, interceptionForm } from '../../../harness/declare/forms/index.ts';

/** M16: mitmproxy on every hop that traffic crosses, in each of its modes. */
export const attack: Attack = {
  attempts: (context) =>
    crossedHops(context).flatMap(([hop, route]) => [
      interceptionForm(context, hop, route, 'own-ca', { kind: 'mitmproxy', mode: 'own-ca' }),
      interceptionForm(context, hop, route, 'stolen-certificate', {
        kind: 'mitmproxy',
        mode: 'stolen-certificate',
        stolenFrom: bystander(context, hop),
      }),
      interceptionForm(context, hop, route, 'tamper', { kind: 'mitmproxy', mode: 'tamper' }),
    ]),
};
