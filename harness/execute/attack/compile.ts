import type { Form, ScheduledAttack, Segment, Send, Stack } from '../../model/index.ts';
import { HoldfastError, identityOf } from '../../model/index.ts';
import type { Job, Request, Slot } from './job.ts';
import { recipeKey } from './recipes.ts';

/** Made by the caller from `recipesOf`, by `recipeKey`. `ca`: PEM of every CA that the run itself made. */
export type Credentials = {
  readonly tokens: ReadonlyMap<string, string>;
  readonly certificates: ReadonlyMap<string, { readonly cert: string; readonly key: string }>;
  readonly ca: string;
};

/** What is fired: a segment of the schedule, the attacks that it indexes, and how its requests are named. */
export type Volley = {
  readonly segment: Pick<Segment, 'attempts' | 'twins'>;
  readonly attacks: readonly ScheduledAttack[];
  /** CLOCK_MONOTONIC ns at which the segment begins; give the agents a second before it. */
  readonly origin: bigint;
  readonly credentials: Credentials;
  readonly requestIds: (kind: 'attack' | 'twin', seq: number) => string;
  /** Attempt i has seq `firstSeq + i`; so have the twins, numbered stream by stream. */
  readonly firstSeq: number;
};

export type Network = 'public' | 'mesh';

/** An attempt, twin or not, has its outcome after this time from its start. */
export const timeoutMs = 2000;

/** The network that a request is sent from. A hop is taken over in the mesh, but what crosses it comes from outside. */
const networkOf = (vantage: Form['vantage'], during?: unknown): Network =>
  vantage === 'outside' || during !== undefined ? 'public' : 'mesh';

const missing = (what: string, key: string): HoldfastError =>
  new HoldfastError('internal', `expected a ${what} for ${key}, found none`, {
    hint: 'make every recipe of recipesOf before firing',
  });

const requestOf = (stack: Stack, send: Send, isTwin: boolean, { tokens, certificates }: Credentials): Request => {
  const { http, certificate } = send;
  const atFrontDoor = send.to === 'edge' && send.port === stack.edge.port;
  const authority = send.to === 'edge' ? stack.edge.hostname : send.to;
  const uri = identityOf(stack, send.to);
  const token = http.token && tokens.get(recipeKey(http.token));
  if (http.token && token === undefined) throw missing('token', recipeKey(http.token));
  if (certificate && !certificates.has(recipeKey(certificate))) throw missing('certificate', recipeKey(certificate));
  const spelt = [http.path, ...http.headers.map(([, value]) => value)].some((text) => text.includes('{token}'));
  const filled = (text: string): string => text.replaceAll('{token}', token ?? '');
  return {
    to: send.to,
    port: send.port,
    transport: send.transport,
    maximum: send.tls?.maximum ?? null,
    hello: send.hello ?? null,
    certificate: certificate ? recipeKey(certificate) : null,
    servername: authority,
    verify: atFrontDoor ? { kind: 'hostname', name: authority } : isTwin ? { kind: 'uri', name: uri } : null,
    method: http.method,
    path: filled(http.path),
    headers: [
      ['host', http.host ?? (atFrontDoor ? `${authority}:${send.port}` : authority)],
      ['x-holdfast-id', '{id}'],
      ...(token === undefined || spelt ? [] : [['authorization', `Bearer ${token}`] as const]),
      ...http.headers.map(([name, value]) => [name, filled(value)] as const),
    ],
    proof: send.proof ?? null,
    own: send.own ?? null,
  };
};

/** The job of each agent for a volley. Pure. Throws `internal` where a credential was not made. */
export const compile = (stack: Stack, volley: Volley, prefix: string): Readonly<Record<Network, Job>> => {
  const { segment, attacks, credentials, firstSeq, requestIds } = volley;
  const sides = {
    public: { requests: [] as Request[], slots: [] as Slot[] },
    mesh: { requests: [] as Request[], slots: [] as Slot[] },
  };
  const compiled = new Map<Send, number>();
  const indexOf = (side: Network, send: Send, isTwin: boolean): number => {
    const known = compiled.get(send);
    if (known !== undefined) return known;
    const index = sides[side].requests.push(requestOf(stack, send, isTwin, credentials)) - 1;
    compiled.set(send, index);
    return index;
  };
  segment.attempts.forEach(([atMs, attack, form, fresh], i) => {
    const { vantage, during, send } = attacks[attack]!.forms[form]!;
    const side = networkOf(vantage, during);
    const seq = firstSeq + i;
    sides[side].slots.push([atMs, indexOf(side, send, false), fresh, 'attack', seq, requestIds('attack', seq)]);
  });
  let twin = firstSeq;
  for (const { send, vantage, atMs } of segment.twins) {
    const side = networkOf(vantage);
    // A copy, so that a form which shares the object is not taken for the twin, whose server is verified.
    const index = indexOf(side, { ...send }, true);
    const fresh = send.freshShare >= 0.5 ? 1 : 0;
    for (const at of atMs) sides[side].slots.push([at, index, fresh, 'twin', twin, requestIds('twin', twin++)]);
  }
  const job = (side: Network): Job => {
    const { requests, slots } = sides[side];
    const keys = new Set(requests.flatMap(({ certificate }) => certificate ?? []));
    return {
      origin: String(volley.origin),
      timeoutMs,
      prefix: `${side}-${prefix}-`,
      requests,
      certificates: Object.fromEntries([...keys].map((key) => [key, credentials.certificates.get(key)!])),
      ca: credentials.ca,
      slots: slots.sort((a, b) => a[0] - b[0]),
    };
  };
  return { public: job('public'), mesh: job('mesh') };
};
