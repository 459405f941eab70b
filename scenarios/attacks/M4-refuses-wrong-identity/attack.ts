import type { Attack, AttackContext, CertificateAlteration, Form, StackService } from '../../../harness/model/index.ts';
import { attackerOf, grants, meshForm, permittedCall, routesOf } from '../../../harness/declare/forms/index.ts';

const wrong: readonly CertificateAlteration[] = ['unknown-service', 'wrong-trust-domain', 'several-uris', 'no-uri'];

/** The valid certificates of the members that may not call the service at all. */
const strangers = (context: AttackContext, service: StackService): readonly Form[] =>
  ['edge', ...context.stack.services.map(({ id }) => id)]
    .filter((member) => !context.policy.calls.some(({ from, to }) => from === member && to === service.id))
    .map((member) => meshForm(context, service, 'insider', `valid-${member}`, { certificate: { service: member } }));

/** The right caller, asking for what no call of its own grants; only where the policy withholds something. */
const beyond = (context: AttackContext, service: StackService): readonly Form[] => {
  const { caller, send } = permittedCall(context, service);
  const own = context.policy.calls.filter(({ from, to }) => from === caller && to === service.id);
  const granted = (method: string, path: string): boolean =>
    own.some((call) => grants(call, method, path, attackerOf(context)));
  const paths = routesOf(context).filter(({ method, path }) => !granted(method, path));
  return [
    ...paths.map(({ id, method, path }) =>
      meshForm(context, service, 'insider', `path-of-${id}`, { send: { http: { ...send.http, method, path } } }),
    ),
    ...(granted('DELETE', send.http.path)
      ? []
      : [
          meshForm(context, service, 'insider', 'method-not-granted', {
            send: { http: { ...send.http, method: 'DELETE' } },
          }),
        ]),
  ];
};

/** M4: wrong identities, right identities in the wrong place, and right ones beyond their grant, at every service. */
export const attack: Attack = {
  attempts: (context) =>
    context.stack.services.flatMap((service) => [
      ...wrong.map((alter) =>
        meshForm(context, service, 'insider', alter, {
          certificate: { service: permittedCall(context, service).caller, alter },
        }),
      ),
      ...strangers(context, service),
      ...beyond(context, service),
    ]),
};
