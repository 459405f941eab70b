import t from 'tap';
import { collectEdge } from '../../../../harness/record/collect/edge.ts';
import { clock, context, id, write } from './journals.ts';

const line = (more: object): string =>
  JSON.stringify({
    StartUTC: new Date(clock.wallOriginMs).toISOString().replace('.000Z', '.012345678Z'),
    DownstreamStatus: 200,
    RequestMethod: 'GET',
    RequestPath: '/catalogue',
    level: 'info',
    msg: '',
    time: new Date(clock.wallOriginMs).toISOString(),
    ...more,
  });

t.test("Traefik's access log becomes arrival times, verified identities and reasons", async (t) => {
  const file = write(t.testdir(), 'edge.ndjson', [
    line({
      'request_X-Holdfast-Id': id('legit', 3),
      RouterName: 'rules@file',
      ClientUsername: 'browse-catalogue',
      OriginStatus: 200,
    }),
    line({
      StartUTC: new Date(clock.wallOriginMs).toISOString().replace('.000Z', 'Z'),
      'request_X-Holdfast-Id': id('attack', 4),
      DownstreamStatus: 429,
      RouterName: 'rules@file',
      ClientUsername: '-',
    }),
    line({ DownstreamStatus: 404 }),
    line({ StartUTC: '2026-11-24 09:00:00' }),
    line({ DownstreamStatus: 'ok' }),
  ]);
  const { records, losses } = collectEdge(file, context);
  t.match(records, [
    { kind: 'edge-log', seq: 3, data: { of: 'legit', status: 200, reason: 'rules@file browse-catalogue' } },
    { kind: 'edge-log', seq: 4, atMs: 0, data: { of: 'attack', status: 429, reason: 'rules@file answered-here' } },
    { kind: 'edge-log', seq: 0, data: { of: 'forged', status: 404, reason: 'no-router answered-here' } },
  ]);
  t.ok(Math.abs(records[0]!.atMs! - 12.345678) < 0.01, 'to a hundredth of a millisecond');
  t.match(losses, [{ observer: 'edge-log', code: 'unreadable', count: 2 }]);
});
