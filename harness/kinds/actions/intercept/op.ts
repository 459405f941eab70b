import { z } from 'zod';
import { certificateSchema, placeOfHop } from '../../../model/index.ts';
import type { Action, DeepReadonly } from '../../../model/index.ts';

const hop = z.object({ from: z.string(), to: z.string(), port: z.int().min(1).max(65_535) });

const interceptor = z.discriminatedUnion('kind', [
  /** An impostor: a TLS server of the attacker with this certificate. */
  z.object({ kind: z.literal('impostor'), certificate: certificateSchema }),
  /** mitmproxy: `own-ca`; `stolen-certificate`, a valid one of another service; `tamper`, passes TLS through, one byte flipped. */
  z.object({
    kind: z.literal('mitmproxy'),
    mode: z.enum(['own-ca', 'stolen-certificate', 'tamper']),
    stolenFrom: z.string().optional(),
  }),
]);

const op = z.object({ hop, interceptor });

/** Taking over a hop: new connections of `hop.from` to `hop.to` reach the interceptor instead. */
export type Interception = DeepReadonly<z.infer<typeof op>>;

/** What the history says of one: `window` is its number, and that of the events which the interceptor saw in it. */
const data = z.object({ window: z.number(), attack: z.string(), form: z.number(), hop });
export type InterceptData = DeepReadonly<z.infer<typeof data>>;

/** A hop is taken over while legitimate requests cross it: whoever calls over it must refuse to speak to what stands there. */
export const action: Action<Interception> = {
  id: 'intercept',
  op: op as unknown as z.ZodType<Interception>,
  data,
  // A request that was answered this long before it, or due this long after it, may have been hit by it.
  disturbs: (one) => ({
    places: [placeOfHop(one.hop)],
    excuses: ['failure', 'latency'],
    beforeMs: 200,
    afterMs: 100,
    attacked: false,
  }),
  credentials: ({ interceptor: one }) => ({
    tokens: [],
    certificates: one.kind === 'impostor' ? [one.certificate] : [],
  }),
  text: ({ hop: { from, to }, interceptor: one }) =>
    `${from}→${to} taken over by ${
      one.kind === 'impostor'
        ? `an impostor with the ${one.certificate.alter ?? 'valid'} certificate of ${one.certificate.service}`
        : `mitmproxy, ${one.mode}`
    }`,
};
