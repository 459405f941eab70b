import type { AttackContext, Call, Send, StackService } from '../../model/index.ts';
import { attackerOf, instance, victimOf } from '../forms/index.ts';
import type { Case } from './case.ts';
import { methods, mixed } from './methods.ts';
import { spellingsOf } from './spellings.ts';

/** Who calls: a member with its own valid certificate, or somebody without one. */
type Caller = { readonly name: string; readonly service: string | null };

/** Every call of the matrix, from all sides, at the mesh port of every service: callers, paths, methods, versions of TLS. */
export const meshCorpus = (context: AttackContext): readonly Case[] =>
  context.stack.services.flatMap((service) =>
    context.policy.calls
      .filter(({ to }) => to === service.id)
      .flatMap((call) => call.paths.flatMap((pattern) => ofCall(context, service, call, pattern))),
  );

const ofCall = (context: AttackContext, service: StackService, call: Call, pattern: string): readonly Case[] => {
  const { policy, stack } = context;
  const attacker = attackerOf(context);
  const [method = 'GET'] = call.methods;
  const target = instance(pattern, attacker);
  const others = policy.calls.flatMap(({ paths }) => paths).map((path) => instance(path, attacker));
  const spellings = spellingsOf(pattern, attacker, victimOf(context), others);
  const callers: readonly Caller[] = [
    { name: 'nobody', service: null },
    { name: 'edge', service: 'edge' },
    ...stack.services.map(({ id }) => ({ name: id, service: id })),
  ];
  const form = (
    variant: string,
    change: {
      readonly caller?: Caller;
      readonly method?: string;
      readonly target?: string;
      readonly tls?: Send['tls'];
    },
  ): Case => {
    const caller = change.caller === undefined ? call.from : change.caller.service;
    const send: Send = {
      to: service.id,
      port: service.meshPort,
      transport: 'tls',
      freshShare: 1,
      http: { method: change.method ?? method, path: change.target ?? target, headers: [] },
      ...(caller !== null && { certificate: { service: caller } }),
      ...(change.tls !== undefined && { tls: change.tls }),
    };
    return { variant: `${variant}@${call.from}`, vantage: caller === null ? 'neighbour' : 'insider', send };
  };
  return [
    ...spellings.map(({ name, target: written }) => form(name, { target: written })),
    ...callers.map((caller) => form(`from-${caller.name}`, { caller })),
    ...methods.map((other) => form(`method-${other}`, { method: other })),
    ...(['1.2', '1.3'] as const).map((maximum) => form(`tls-${maximum}`, { tls: { maximum } })),
    ...mixed(callers, methods, spellings).map(({ principal: caller, method: other, spelling, maximum }) =>
      form('mixed', { caller, method: other, target: spelling.target, tls: { maximum } }),
    ),
  ];
};
