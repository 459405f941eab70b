import { packetClasses } from '../../model/index.ts';
import type { HistoryRecord } from '../../model/index.ts';
import { faultOfRun } from './run-shape.ts';

/** A kind of value: `n` finite number, `s` string, `b` boolean, `a` array, `o` object, `*` anything; with `?` it may be null. */
type Shape = 'n' | 's' | 'b' | 'a' | 'o' | 'n?' | 's?' | '*';
type Keys<R> = { readonly [K in keyof Omit<R, 'type'>]-?: Shape };
type ByType = { readonly [T in HistoryRecord['type']]: Keys<Extract<HistoryRecord, { readonly type: T }>> };

/** Required keys by type. Deliberately shallow: a history has hundreds of thousands of records, and the chain vouches for the rest. */
const shapes: ByType = {
  run: {
    run: 's',
    startedAt: 's',
    seed: 's',
    harness: 's',
    plan: 'o',
    policy: 'o',
    stack: 'o',
    routes: 'a',
    attacks: 'a',
    only: 's?',
    overlay: 'a',
    versions: 'o',
    digests: 'o',
    machine: 'o',
    sabotage: 'o',
    places: '*',
  },
  capacity: { perSecond: 'n', measured: 'b', clamped: 'b', peakPerSecond: 'n', steps: 'a' },
  phase: { id: 's', startMs: 'n', endMs: 'n' },
  window: { window: 'n', attack: 's', form: 'n', hop: 'o', startMs: 'n', endMs: 'n', error: 's?' },
  legit: { seq: 'n', route: 'n', dueMs: 'n', sentMs: 'n?', endMs: 'n?', status: 'n?', error: 's?' },
  attempt: {
    seq: 'n',
    attack: 's',
    form: 'n',
    dueMs: 'n',
    sentMs: 'n',
    endMs: 'n',
    connection: 's',
    proved: 'b',
    status: 'n?',
    error: 's?',
  },
  twin: { seq: 'n', forms: 'a', dueMs: 'n', sentMs: 'n', endMs: 'n', status: 'n?', error: 's?' },
  witness: { kind: 's', seq: 'n', service: 's', atMs: 'n', method: 's', path: 's', peer: 's?', spoofed: '*' },
  edge: { kind: 's', seq: 'n', atMs: 'n', status: 'n', reason: 's' },
  interceptor: { window: 'n', atMs: 'n', event: 's', kind: 's?', seq: 'n?', detail: 's' },
  tap: { link: 's', phase: 's', packets: 'o', connections: 'n', dropped: 'n' },
  cleartext: { link: 's', atMs: 'n', source: 's', destination: 's', planted: 'b', seq: 'n?', excerpt: 's' },
  reload: { atMs: 'n', to: 's', error: 's?' },
  hand: { service: 's', what: 's', atMs: 'n', error: 's?' },
  loss: { what: 's', count: 'n', detail: 's' },
  end: { partial: 'b', reason: 's?', atMs: 'n' },
};

const tests: Readonly<Record<Shape, (value: unknown) => boolean>> = {
  n: Number.isFinite,
  s: (value) => typeof value === 'string',
  b: (value) => typeof value === 'boolean',
  a: Array.isArray,
  o: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'n?': (value) => value === null || Number.isFinite(value),
  's?': (value) => value === null || typeof value === 'string',
  '*': () => true,
};

const names: Readonly<Record<Shape, string>> = {
  n: 'a number',
  s: 'a string',
  b: 'a boolean',
  a: 'an array',
  o: 'an object',
  'n?': 'a number or null',
  's?': 'a string or null',
  '*': 'anything',
};

const compiled = new Map(
  Object.entries(shapes).map(([type, keys]) => [type, Object.entries(keys) as [string, Shape][]]),
);

/** What is wrong with a parsed line as a history record, in words; null where nothing is. */
export const faultOfRecord = (value: unknown): string | null => {
  if (!tests.o(value)) return 'expected a JSON object, found something else';
  const record = value as Readonly<Record<string, unknown>>;
  const keys = typeof record['type'] === 'string' ? compiled.get(record['type']) : undefined;
  if (keys === undefined) return `expected a record type, found ${JSON.stringify(record['type']) ?? 'none'}`;
  for (const [key, shape] of keys) {
    if (!tests[shape](record[key])) {
      const found = JSON.stringify(record[key])?.slice(0, 60) ?? 'nothing';
      return `expected ${key} of a ${record['type']} record to be ${names[shape]}, found ${found}`;
    }
  }
  return deep(record);
};

/** What the shallow table cannot say, for the few types whose insides the checks walk into. */
const deep = (record: Readonly<Record<string, unknown>>): string | null => {
  switch (record['type']) {
    case 'run':
      return faultOfRun(record);
    case 'window':
      return hop(record['hop']) ? null : 'expected hop of a window record to be {from, to, port}, found something else';
    case 'twin':
      return (record['forms'] as unknown[]).every((f) => Array.isArray(f) && tests.s(f[0]) && tests.n(f[1]))
        ? null
        : 'expected forms of a twin record to be pairs of attack and form, found something else';
    case 'witness':
      return record['spoofed'] === undefined ||
        (tests.a(record['spoofed']) && (record['spoofed'] as unknown[]).every(tests.s))
        ? null
        : 'expected spoofed of a witness record to be an array of strings, found something else';
    case 'tap':
      return packetClasses.every((name) => tests.n((record['packets'] as Readonly<Record<string, unknown>>)[name]))
        ? null
        : 'expected packets of a tap record to be numbers by class, found something else';
    default:
      return null;
  }
};

const hop = (value: unknown): boolean => {
  const { from, to, port } = value as Readonly<Record<string, unknown>>;
  return tests.s(from) && tests.s(to) && tests.n(port);
};
