import type { AttackContext, CertificateRecipe, Form, Send, StackService, Twin, Vantage } from '../../model/index.ts';
import { HoldfastError } from '../../model/index.ts';
import { routesOf } from './routes.ts';

/** A request that the policy's matrix grants, to a service's mesh port. */
export type PermittedCall = { readonly caller: string; readonly send: Send };

/**
 * The legitimate call to a service: the certificate of a permitted caller, with the request of a route that ends there, so
 * that no further service has a part in its answer. Throws `bad-input` where no route of the policy reaches the service.
 */
export const permittedCall = ({ policy }: AttackContext, service: StackService): PermittedCall => {
  const reaching = routesOf(policy).filter((route) => route.crosses.includes(service.id));
  const route = reaching.find((candidate) => candidate.crosses.at(-1) === service.id) ?? reaching[0];
  if (route === undefined)
    throw new HoldfastError(
      'bad-input',
      `expected the policy ${policy.id} to let a route reach ${service.id}, found none`,
      {
        hint: `list a caller of ${service.id} under "calls"`,
      },
    );
  const caller = route.crosses[route.crosses.indexOf(service.id) - 1] ?? 'edge';
  const http = { method: route.method, path: route.path, headers: [] };
  return {
    caller,
    send: {
      to: service.id,
      port: service.meshPort,
      transport: 'tls',
      certificate: { service: caller },
      freshShare: 1,
      http,
    },
  };
};

/** The permitted call to a service as a twin: the same for every attack on that service, so that they share one stream. */
export const permittedTwin = (context: AttackContext, service: StackService): Twin => ({
  kind: 'request',
  send: permittedCall(context, service).send,
});

/** The permitted call to a service with something changed; every attempt opens a connection of its own. */
export const meshForm = (
  context: AttackContext,
  service: StackService,
  vantage: Vantage,
  variant: string,
  change: {
    readonly send?: Partial<Send>;
    readonly certificate?: CertificateRecipe | null;
    readonly evidence?: Form['evidence'];
  },
): Form => {
  const { certificate: own, ...bare } = permittedCall(context, service).send;
  const certificate = change.certificate === undefined ? own : change.certificate;
  const send: Send = { ...bare, ...(certificate ? { certificate } : {}), ...change.send };
  const { evidence = 'witness' } = change;
  return { variant, target: service.id, vantage, send, twin: permittedTwin(context, service), evidence };
};
