import type { Attack, CertificateRecipe } from '../../../harness/model/index.ts';
import { bystander, crossedHops, interceptionForm } from '../../../harness/declare/forms/index.ts';

/** M5: an impostor on every hop that traffic crosses, with each certificate that must not convince the caller. */
export const attack: Attack = {
  attempts: (context) =>
    crossedHops(context).flatMap(([hop, route]) => {
      const certificates: Readonly<Record<string, CertificateRecipe>> = {
        'self-signed': { service: hop.to, alter: 'self-signed' },
        expired: { service: hop.to, alter: 'expired' },
        'wrong-ca': { service: hop.to, alter: 'wrong-ca' },
        'another-service': { service: bystander(context, hop) },
        'unknown-service': { service: hop.to, alter: 'unknown-service' },
      };
      return Object.entries(certificates).map(([variant, certificate]) =>
        interceptionForm(context, hop, route, variant, { kind: 'impostor', certificate }),
      );
    }),
};
