import { z } from 'zod';

/**
 * What histories of before version 2 hold in the place of `op` and `seen`, and losses in words: the only file that knows them. Their
 * records become those of today, whatever they rest on unchanged. Old texts that were read by code stand here for the last time.
 */
const text = z.string();
const ms = z.number();
const seq = z.number().nullable();
const hop = z.looseObject({ from: text, to: text, port: z.number() });

const olderSchemas = {
  window: z.object({
    window: z.number(),
    attack: text,
    form: z.number(),
    hop,
    startMs: ms,
    endMs: ms,
    error: text.nullable(),
  }),
  reload: z.object({ atMs: ms, to: z.enum(['own', 'other']), error: text.nullable() }),
  hand: z.object({ service: text, what: text, atMs: ms, error: text.nullable() }),
  witness: z.object({
    kind: text,
    seq: z.number(),
    service: text,
    atMs: ms,
    method: text,
    path: text,
    peer: text.nullable(),
    spoofed: z.array(text).optional(),
  }),
  edge: z.object({ kind: text, seq: z.number(), atMs: ms, status: z.number(), reason: text }),
  interceptor: z.object({ window: z.number(), atMs: ms, event: text, kind: text.nullable(), seq, detail: text }),
  tap: z.object({
    link: text,
    phase: text,
    packets: z.record(text, z.number()),
    connections: z.number(),
    dropped: z.number(),
  }),
  cleartext: z.object({
    link: text,
    atMs: ms,
    source: text,
    destination: text,
    planted: z.boolean(),
    seq,
    excerpt: text,
  }),
  loss: z.object({ what: text, count: z.number(), detail: text }),
} as const;

type Older = { readonly [K in keyof typeof olderSchemas]: z.infer<(typeof olderSchemas)[K]> };
type Fields = Readonly<Record<string, unknown>>;

const moment = (atMs: number): Fields => ({ dueMs: atMs, askedMs: atMs, startMs: atMs, endMs: atMs, overMs: atMs });

/** How interceptors began the end of a connection in which the caller took them for the callee, and ended it where nothing came. */
const [accepted, sentNothing] = ['the caller accepted the certificate', 'and sent nothing'];

const lossesInWords: ReadonlyMap<string, readonly [observer: string, code: string]> = new Map([
  ['journal of', ['witness', 'journal']],
  ['witness of', ['witness', 'missed']],
  ["the edge's access log", ['edge-log', 'unreadable']],
  ['tap-dropped', ['tap', 'dropped']],
  ['tap-file', ['tap', 'file']],
  ['interceptor', ['interceptor', 'garbled']],
  ['attempt', ['witness', 'attempt']],
]);

/** The words of a loss that left every verdict open. */
const decided = /^(journal|witness|attempt|interceptor)/;

const lossOf = ({ what, count, detail }: Older['loss']): Fields => {
  const [, kind = '', about = ''] = /^(journal of|witness of|the edge's access log|\S+)\s*(.*)$/.exec(what) ?? [];
  const [observer, code] = lossesInWords.get(kind) ?? (decided.test(what) ? ['unknown', 'other'] : ['other', 'other']);
  return { type: 'loss', observer, code, count, data: { ...(about !== '' && { service: about }), what, detail } };
};

const upgrades: { readonly [K in keyof Older]: (record: Older[K], number: number) => Fields } = {
  window: ({ window, attack, form, hop: over, startMs, endMs, error }, op) => ({
    type: 'op',
    kind: 'intercept',
    op,
    dueMs: startMs,
    askedMs: startMs,
    startMs,
    endMs,
    overMs: endMs,
    error,
    data: { window, attack, form, hop: over },
  }),
  reload: ({ atMs, to, error }, op) => ({ type: 'op', kind: 'reload', op, ...moment(atMs), error, data: { to } }),
  hand: ({ service, what, atMs, error }, op) => ({
    type: 'op',
    kind: 'edit',
    op,
    ...moment(atMs),
    error,
    data: { service, files: [], command: null, what },
  }),
  witness: ({ kind: of, seq: number, atMs, ...rest }) => ({
    type: 'seen',
    kind: 'witness',
    atMs,
    seq: number,
    data: { of, ...rest },
  }),
  edge: ({ kind: of, seq: number, atMs, ...rest }) => ({
    type: 'seen',
    kind: 'edge-log',
    atMs,
    seq: number,
    data: { of, ...rest },
  }),
  interceptor: ({ kind: of, seq: number, atMs, event, detail, ...rest }) => {
    const believed = event === 'closed' && detail.startsWith(accepted);
    const handshake = believed ? 'accepted' : event === 'refused' ? 'failed' : 'none';
    const heard = believed && !detail.endsWith(sentNothing);
    return {
      type: 'seen',
      kind: 'interceptor',
      atMs,
      seq: number,
      data: { of, event, handshake, heard, detail, ...rest },
    };
  },
  tap: (data) => ({ type: 'seen', kind: 'tap', atMs: null, seq: null, data }),
  cleartext: ({ atMs, seq: number, ...data }) => ({ type: 'seen', kind: 'cleartext', atMs, seq: number, data }),
  loss: (loss) => lossOf(loss),
};

/** Is it a record that only histories of before version 2 have? A loss in words is one. */
export const isOlder = (record: Fields): boolean =>
  typeof record['type'] === 'string' &&
  Object.hasOwn(olderSchemas, record['type']) &&
  (record['type'] !== 'loss' || 'what' in record);

/** An upgrade of the records of one history, in their order: each record as it is written today, or what is wrong with it, in words. */
export const upgrader = (): ((record: Fields) => Fields | string) => {
  let number = 0;
  return (record) => {
    const type = record['type'] as keyof Older;
    const read = olderSchemas[type].safeParse(record);
    if (!read.success) {
      const issue = read.error.issues[0];
      return `${issue?.path.join('.') || 'fields'} of a ${type} record: ${issue?.message ?? 'not valid'}`;
    }
    const upgraded = (upgrades[type] as (record: unknown, number: number) => Fields)(read.data, number);
    if (upgraded['type'] === 'op') number += 1;
    return upgraded;
  };
};
