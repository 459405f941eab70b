import type { AttackContext, CertificateRecipe, Form, Send, StackService, Twin, Vantage } from '../../model/index.ts';
import { HoldfastError, answersItself } from '../../model/index.ts';
import { instance } from './paths.ts';
import { attackerOf, routesOf } from './routes.ts';

type Request = { readonly caller: string; readonly method: string; readonly path: string };

/** A request that the policy's matrix grants, to a service's mesh port. */
export type PermittedCall = { readonly caller: string; readonly send: Send };

/** The caller of a service and its request, on a route that ends there if there is one: then nobody further has a part in the answer. */
const fromRoute = (context: AttackContext, id: string): Request | undefined => {
  const reaching = routesOf(context).filter(({ crosses }) => crosses.includes(id));
  const route = reaching.find(({ hops }) => !hops.some(({ from }) => from === id)) ?? reaching[0];
  const caller = route?.hops.find(({ to }) => to === id)?.from;
  return route === undefined || caller === undefined ? undefined : { caller, method: route.method, path: route.path };
};

/** Where no route reaches a service: what the matrix grants there, a path that it answers itself if there is one. */
const fromMatrix = (context: AttackContext, service: StackService): Request | undefined => {
  const granted = context.policy.calls
    .filter(({ to }) => to === service.id)
    .flatMap(({ from, methods, paths }) =>
      paths.map((pattern) => ({ caller: from, method: methods[0]!, path: instance(pattern, attackerOf(context)) })),
    );
  return granted.find(({ path }) => answersItself(service, path)) ?? granted[0];
};

const requestTo = (context: AttackContext, service: StackService): Request | undefined =>
  fromRoute(context, service.id) ?? fromMatrix(context, service);

/**
 * The legitimate call to a service: the certificate of a permitted caller, with a request that the matrix grants.
 * Throws `bad-input` where the policy lets nobody call the service.
 */
export const permittedCall = (context: AttackContext, service: StackService): PermittedCall => {
  const request = requestTo(context, service);
  if (request === undefined)
    throw new HoldfastError(
      'bad-input',
      `expected the policy ${context.policy.id} to let somebody call ${service.id}, found nobody`,
      {
        hint: `list a caller of ${service.id} under "calls", or take it out of the app: what is refused to everybody proves nothing`,
      },
    );
  const { caller, method, path } = request;
  return {
    caller,
    send: {
      to: service.id,
      port: service.meshPort,
      transport: 'tls',
      certificate: { service: caller },
      freshShare: 1,
      http: { method, path, headers: [] },
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
