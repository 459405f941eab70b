import type { Attack, CertificateAlteration } from '../../../harness/model/index.ts';
import { meshForm, permittedCall } from '../../../harness/declare/forms/index.ts';

const bad: readonly CertificateAlteration[] = ['self-signed', 'expired', 'not-yet-valid', 'wrong-ca'];

/** M3: no certificate and each bad one, under the name of the permitted caller, to every service. */
export const attack: Attack = {
  attempts: (context) =>
    context.stack.services.flatMap((service) => [
      meshForm(context, service, 'neighbour', 'no-certificate', { certificate: null, evidence: 'answer' }),
      ...bad.map((alter) =>
        meshForm(context, service, 'neighbour', alter, {
          certificate: { service: permittedCall(context, service).caller, alter },
          evidence: 'answer',
        }),
      ),
    ]),
};
