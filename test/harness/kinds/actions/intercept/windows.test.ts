import t from 'tap';
import type { Operated } from '../../../../../harness/execute/operate/index.ts';
import type { InterceptorEvent } from '../../../../../harness/kinds/actions/intercept/events.ts';
import { assign } from '../../../../../harness/kinds/actions/intercept/windows.ts';

const event = (atNs: bigint, port: number): InterceptorEvent => ({
  event: 'connection',
  handshake: 'none',
  heard: false,
  atNs,
  port,
  id: null,
  detail: '',
});
const window = (number: number, askedNs: bigint): Operated => ({
  operation: { kind: 'intercept', startMs: 0, endMs: 1, op: {} },
  number,
  dueMs: 0,
  askedNs,
  startNs: askedNs + 1n,
  endNs: askedNs + 10n,
  overNs: askedNs + 11n,
  error: null,
});

t.test('an event belongs to the last window of its port that had been asked for', async (t) => {
  const ports = [1, 1, 2];
  const events = assign(
    [event(50n, 1), event(120n, 1), event(199n, 1), event(230n, 1), event(160n, 2), event(160n, 3)],
    [window(0, 100n), window(1, 200n), window(2, 150n)],
    ({ number }) => ports[number],
  );
  t.same(
    events.map((one) => [one.atNs, one.window]),
    [
      [120n, 0],
      [199n, 0],
      [230n, 1],
      [160n, 2],
    ],
    'what came before any window, and on no port of one, is nobody’s',
  );
});
