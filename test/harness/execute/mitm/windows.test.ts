import t from 'tap';
import {
  assign,
  runWindows,
  type InterceptorEvent,
  type Interceptors,
  type RawWindow,
} from '../../../../harness/execute/mitm/index.ts';
import type { ScheduledAttack, Segment } from '../../../../harness/model/index.ts';

const hop = { from: 'a', to: 'b', port: 15_443 };
const event = (atNs: bigint, port: number): InterceptorEvent => ({
  event: 'connection',
  atNs,
  port,
  id: null,
  detail: '',
});
const window = (index: number, startNs: bigint): RawWindow => ({
  window: index,
  attack: 'M16',
  form: 0,
  hop,
  startNs,
  endNs: startNs + 10n,
  openedInMs: 0,
  closedInMs: 0,
  error: null,
});

t.test('an event belongs to the last window of its port that had begun', async (t) => {
  const ports = new Map([
    [0, 1],
    [1, 1],
    [2, 2],
  ]);
  const windows = [window(0, 100n), window(1, 200n), window(2, 150n)];
  const { events, stray } = assign(
    [event(50n, 1), event(120n, 1), event(199n, 1), event(230n, 1), event(160n, 2), event(160n, 3)],
    windows,
    ports,
  );
  t.same(
    events.map((one) => [one.atNs, one.window]),
    [
      [120n, 0],
      [199n, 0],
      [230n, 1],
      [160n, 2],
    ],
  );
  t.equal(stray, 2);
});

const attacks = [
  { id: 'M16', required: 1, forms: [{ interception: { hop } }, { interception: { hop } }] },
] as unknown as ScheduledAttack[];
const segment = {
  windows: [
    { attack: 0, form: 0, startMs: 0, endMs: 5 },
    { attack: 0, form: 1, startMs: 10, endMs: 15 },
  ],
} as unknown as Segment;
const double = (open: Interceptors['open']) => {
  const closed: number[] = [];
  const interceptors = {
    open,
    close: async (_: number, form: number) => ({ tookMs: closed.push(form) }),
    placement: (_: number, form: number) => ({ port: form }),
    events: () => [event(process.hrtime.bigint(), 1)],
  } as unknown as Interceptors;
  return { interceptors, closed };
};
const play = (interceptors: Interceptors, signal = new AbortController().signal) =>
  runWindows({ interceptors, segment, attacks, originNs: process.hrtime.bigint(), signal });

t.test('a window that fails carries its error, is closed, and the others go on', async (t) => {
  const { interceptors, closed } = double(async (_, form) => {
    if (form === 0) throw new Error('no nft');
    return { tookMs: 0 };
  });
  const { windows } = await play(interceptors);
  t.match(windows, [{ error: 'no nft' }, { error: null }]);
  t.same(closed, [0, 1]);
});

t.test('a window in which nobody connected proves nothing', async (t) => {
  const { windows } = await play(double(async () => ({ tookMs: 0 })).interceptors);
  t.match(windows, [{ error: 'no connection reached the interceptor' }, { error: null }]);
});

t.test('after an abort nothing is opened', async (t) => {
  const { interceptors, closed } = double(async () => ({ tookMs: 0 }));
  t.same((await play(interceptors, AbortSignal.abort())).windows, []);
  t.same(closed, []);
});
