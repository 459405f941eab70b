import { z } from 'zod';

const texts = z.record(z.string(), z.string());
const index = z.int().nonnegative();
const atMs = z.number().nonnegative();

const token = z.looseObject({ subject: z.string(), claims: texts, alter: z.string().optional() });
const certificate = z.looseObject({ service: z.string(), alter: z.string().optional() });

const send = z.looseObject({
  to: z.string(),
  port: z.int().min(1).max(65_535),
  transport: z.enum(['tls', 'plain', 'h2c', 'hello']),
  certificate: certificate.optional(),
  freshShare: z.number().min(0).max(1),
  http: z.looseObject({
    method: z.string(),
    host: z.string().optional(),
    path: z.string(),
    headers: z.array(z.tuple([z.string(), z.string()])),
    token: token.optional(),
  }),
});

const vantage = z.enum(['outside', 'neighbour', 'insider', 'on-path', 'tap']);

const form = z.looseObject({
  variant: z.string(),
  target: z.string(),
  vantage,
  send,
  twin: z.discriminatedUnion('kind', [
    z.looseObject({ kind: z.literal('traffic'), route: z.string() }),
    z.looseObject({ kind: z.literal('request'), send }),
  ]),
  evidence: z.enum(['witness', 'spoof', 'response', 'answer', 'handshake', 'interceptor', 'decision', 'drift']),
  interception: z
    .looseObject({
      hop: z.looseObject({ from: z.string(), to: z.string(), port: z.number() }),
      interceptor: z.looseObject({ kind: z.enum(['impostor', 'mitmproxy']) }),
    })
    .optional(),
});

const segment = z.looseObject({
  phases: z.array(z.looseObject({ id: z.string(), startMs: atMs, endMs: atMs })),
  arrivals: z.array(z.tuple([atMs, z.number().min(0).max(1), index])),
  twins: z.array(z.looseObject({ send, vantage, atMs: z.array(atMs), forms: z.array(z.tuple([index, index])) })),
  windows: z.array(z.looseObject({ attack: index, form: index, startMs: atMs, endMs: atMs })),
  attempts: z.array(z.tuple([atMs, index, index, z.union([z.literal(0), z.literal(1)])])),
});

/** The form of a schedule, whole or part, as far as running it relies on it; that its indices fit is for `faultOfSchedule` to say. */
export const scheduleShape = z.looseObject({
  version: z.literal(1),
  seed: z.string(),
  routes: z.array(
    z.looseObject({
      id: z.string(),
      method: z.string(),
      path: z.string(),
      subject: z.string(),
      claims: texts,
      crosses: z.array(z.string()),
      hops: z.array(z.looseObject({ from: z.string(), to: z.string() })).optional(),
    }),
  ),
  attacks: z.array(z.looseObject({ id: z.string(), required: z.number().nonnegative(), forms: z.array(form) })),
  capacity: segment.nullable(),
  main: segment,
});

type Shaped = z.infer<typeof scheduleShape>;

/** What does not fit together in a schedule, in words; null where everything does. */
export const faultOfSchedule = ({ routes, attacks, capacity, main }: Shaped): string | null => {
  for (const [name, part] of [['capacity', capacity] as const, ['main', main] as const]) {
    if (part === null) continue;
    const unknown = (attack: number, form: number): boolean => attacks[attack]?.forms[form] === undefined;
    const arrival = part.arrivals.findIndex(([, , route]) => routes[route] === undefined);
    if (arrival >= 0) return `${name}.arrivals.${arrival}: expected a route of the schedule`;
    const attempt = part.attempts.findIndex(([, attack, form]) => unknown(attack, form));
    if (attempt >= 0) return `${name}.attempts.${attempt}: expected an attack and a form of the schedule`;
    const window = part.windows.findIndex(({ attack, form }) => unknown(attack, form));
    if (window >= 0) return `${name}.windows.${window}: expected an attack and a form of the schedule`;
    const twin = part.twins.findIndex(({ forms }) => forms.some(([attack, form]) => unknown(attack, form)));
    if (twin >= 0) return `${name}.twins.${twin}: expected attacks and forms of the schedule`;
    if (part.phases.length === 0) return `${name}.phases: expected at least one`;
  }
  return null;
};
